package org.nestor.generators.play;

import java.util.List;
import org.nestor.generators.scenario.Setup.Stage2Plan;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.TableSpace;

/** Builds a stage 2 table, with a guest's structures behind it. */
final class Stage2Builder {
    /** The IPA of a guest's structures. */
    private static final long GUEST_IPA = 4 * Arena.STRIDE;

    private static final int GUEST_SLOTS = 3;

    private final Stage2Plan plan;
    private final Granule granule;
    private final Geometry.Shape shape;
    private final boolean bigEndian;
    private final int vmid;
    private final Arena arena;
    private final TableSpace host;
    private final TableSpace guest;
    private final long guestBase;
    private final long[] inputs;

    Stage2Builder(Repertoire repertoire, Arena arena, ScriptMemory memory, Stage2Plan plan, int number) {
        IdRegisters ids = repertoire.capabilities().ids();
        List<Granule> granules = repertoire.geometry().granules();
        this.plan = plan;
        this.granule = granules.get(plan.granule() % granules.size());
        List<Geometry.Shape> shapes = repertoire.geometry().stage2Shapes(granule);
        this.shape = shapes.get(plan.shape() % shapes.size());
        this.bigEndian = ids.ttendian() == 3 || ids.ttendian() != 2 && plan.bigEndian() % 2 == 1;
        this.vmid = repertoire.vmid(plan.vmid());
        this.arena = arena;
        this.host = TableSpace.physical(memory, arena.host());
        this.guestBase = arena.guest(number);
        this.guest = new TableSpace(
                memory,
                new BumpAllocator(guestBase, guestBase + Arena.GUEST_BYTES),
                physical -> physical - guestBase + GUEST_IPA);
        int block = granule.shift() + granule.shift() - 3;
        this.inputs = HotInputs.low(shape.inputBits(), arena.place(), 1L << granule.shift(), 1L << block);
    }

    /** Where the guest's structures go, and how they point to one another. */
    TableSpace guest() {
        return guest;
    }

    /** The IPAs that lead to pages for DMA. */
    long[] inputs() {
        return inputs.clone();
    }

    Stage2Plan plan() {
        return plan;
    }

    /**
     * Builds the table when the guest's structures are there.
     *
     * @param structures stage 1 tables of the guest
     */
    HotTable build(List<Stage1> structures) {
        PageTable plain = PageTable.stage2(host, granule, shape.inputBits(), shape.startLevel());
        PageTable table = bigEndian ? plain.inOtherByteOrder() : plain;
        long page = 1L << granule.shift();
        long used = (guest.allocator().next() - guestBase + page - 1) / page;
        table.mapPages(GUEST_IPA, guestBase, used, Stage2Bits.READ_WRITE);
        long[] all = new long[HotTable.DATA_SLOTS + (structures.isEmpty() ? 0 : GUEST_SLOTS)];
        long[] homes = new long[all.length];
        for (int slot = 0; slot < HotTable.DATA_SLOTS; slot++) {
            all[slot] = inputs[slot];
            homes[slot] = arena.page(slot);
            table.map(inputs[slot], homes[slot] & -page, HotTable.LAST_LEVEL, Stage2Bits.READ_WRITE);
        }
        if (!structures.isEmpty()) {
            Stage1 first = structures.get(0);
            long[] physical = {
                first.substream(0).address(),
                first.lower().descriptorAddress(0, first.lower().table().startLevel()),
                first.lower().descriptorAddress(0, HotTable.LAST_LEVEL)
            };
            for (int i = 0; i < GUEST_SLOTS; i++) {
                homes[HotTable.DATA_SLOTS + i] = physical[i] & -page;
                all[HotTable.DATA_SLOTS + i] = guest.pointers().applyAsLong(physical[i] & -page);
            }
        }
        long spare = host.allocator().allocate(page, page);
        HotTable hot = new HotTable(table, granule, 2, vmid, all, homes, spare);
        hot.link();
        return hot;
    }
}
