package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.generators.scenario.Setup.Stage1Plan;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.tables.Cd;
import org.nestor.tables.CdTable;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.TableSpace;
import org.nestor.tables.TwoLevelCdTable;

/** Builds stage 1 tables and their CDs. */
final class Stage1Builder {
    private static final int LEAF_CDS = 64;
    private static final int LEAF_CDS_LOG2 = 6;
    private static final int CD_TABLE_FORMS = 4;

    private final Repertoire repertoire;
    private final IdRegisters ids;
    private final Arena arena;

    Stage1Builder(Repertoire repertoire, Arena arena) {
        this.repertoire = repertoire;
        this.ids = repertoire.capabilities().ids();
        this.arena = arena;
    }

    /**
     * @param space where the structures go
     * @param guest which guest that belongs to; 0 for the host
     * @param targets where the hot addresses lead
     */
    Stage1 build(Stage1Plan plan, TableSpace space, int guest, long[] targets) {
        List<Granule> granules = repertoire.geometry().granules();
        Granule granule = granules.get(plan.granule() % granules.size());
        boolean bigEndian = bigEndian(plan.bigEndian());
        int asid = repertoire.asid(plan.asid());
        HotTable lower = table(space, granule, plan.size(), bigEndian, asid, false, targets);
        Optional<HotTable> upper = plan.upper() == 0
                ? Optional.empty()
                : Optional.of(table(
                        space,
                        granules.get((plan.granule() + plan.upper() / 8) % granules.size()),
                        plan.size() + plan.upper() - 1,
                        bigEndian,
                        asid,
                        true,
                        reversed(targets)));
        return withContexts(plan, space, guest, lower, upper);
    }

    private boolean bigEndian(int choice) {
        return switch (ids.ttendian()) {
            case 2 -> false;
            case 3 -> true;
            default -> choice % 2 == 1;
        };
    }

    private static long[] reversed(long[] targets) {
        long[] reversed = new long[targets.length];
        for (int i = 0; i < targets.length; i++) {
            reversed[i] = targets[targets.length - 1 - i];
        }
        return reversed;
    }

    private HotTable table(
            TableSpace space, Granule granule, int size, boolean bigEndian, int asid, boolean upper, long[] targets) {
        int bits = repertoire.geometry().stage1Bits(granule, size);
        PageTable plain = PageTable.stage1(space, granule, bits);
        PageTable table = bigEndian ? plain.inOtherByteOrder() : plain;
        long page = 1L << granule.shift();
        long[] low = HotInputs.low(bits, arena.place(), page, HotInputs.block(table));
        long[] inputs = upper ? HotInputs.high(bits, low) : low;
        HotTable hot = new HotTable(
                table, granule, 1, asid, inputs, targets, space.allocator().allocate(page, page));
        for (int slot = 0; slot < inputs.length; slot++) {
            table.map(inputs[slot], targets[slot] & -page, HotTable.LAST_LEVEL, Stage1Bits.READ_WRITE | Stage1Bits.NG);
        }
        hot.link();
        return hot;
    }

    private Stage1 withContexts(
            Stage1Plan plan, TableSpace space, int guest, HotTable lower, Optional<HotTable> upper) {
        CdTable contexts = contexts(plan.substreams(), space);
        List<Stage1.Substream> substreams = new ArrayList<>();
        for (int id : substreams(contexts.s1CdMax())) {
            Cd cd = cd(plan, lower, upper, substreams.size());
            long address = contexts.put(id, cd);
            Optional<Long> l1 = contexts instanceof TwoLevelCdTable twoLevel
                    ? Optional.of(twoLevel.l1Address(id))
                    : Optional.empty();
            substreams.add(new Stage1.Substream(id, address, l1, cd));
        }
        return new Stage1(lower, upper, contexts, substreams, guest);
    }

    /** A single CD, a linear table, and two levels of either leaf size, as far as the SMMU has them. */
    private CdTable contexts(int form, TableSpace space) {
        int most = Math.min(ids.ssidSize(), LEAF_CDS_LOG2 + 2);
        int size = form / CD_TABLE_FORMS % (most + 1);
        return switch (form % CD_TABLE_FORMS) {
            case 1 -> new LinearCdTable(space, Math.min(most, size + 1));
            case 2 -> ids.cd2l() && most > 0 ? TwoLevelCdTable.of4K(space, most) : new LinearCdTable(space, most);
            case 3 -> ids.cd2l() && most > 0 ? TwoLevelCdTable.of64K(space, most) : new LinearCdTable(space, most);
            default -> new LinearCdTable(space, 0);
        };
    }

    /** The first, its neighbour, the first of another leaf table, and the last. */
    private static int[] substreams(int s1CdMax) {
        int count = 1 << s1CdMax;
        if (count == 1) {
            return new int[] {0};
        }
        return count > LEAF_CDS ? new int[] {0, 1, LEAF_CDS, count - 1} : new int[] {0, 1, count / 2, count - 1};
    }

    /** All substreams use the same tables; their ASIDs differ. */
    private Cd cd(Stage1Plan plan, HotTable lower, Optional<HotTable> upper, int substream) {
        Cd cd = Cd.of(lower.table()).asid(repertoire.asid(plan.asid() + substream));
        if (upper.isPresent()) {
            cd = cd.tt1(upper.get().table());
        }
        cd = new Cd(repertoire.variations().cd(cd.line(), plan.attributes()));
        return ids.stallModel() == 2 ? cd.s(true) : cd;
    }
}
