package org.nestor.generators.play;

import java.util.List;
import java.util.Optional;
import org.nestor.generators.scenario.Setup;
import org.nestor.generators.scenario.Setup.StreamPlan;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.tables.Ste;

/** Makes STEs of any kind over the tables that there are. */
final class SteMaker {
    private static final int NS_EL1 = 0b00;
    private static final int EL2 = 0b10;

    private final Repertoire repertoire;
    private final IdRegisters ids;
    private final Setup setup;
    private final List<Stage1> stage1;
    private final List<HotTable> stage2;

    SteMaker(Repertoire repertoire, Setup setup, List<Stage1> stage1, List<HotTable> stage2) {
        this.repertoire = repertoire;
        this.ids = repertoire.capabilities().ids();
        this.setup = setup;
        this.stage1 = stage1;
        this.stage2 = stage2;
    }

    /** An STE and the tables that it names. */
    record Made(Ste ste, Optional<Stage1> stage1, Optional<HotTable> stage2) {}

    /**
     * @param kind as {@link StreamPlan#kind()}; a kind that there are no tables for becomes a plainer one
     * @param tables which tables
     * @param attributes variation; odd multiples of 2^16 ask for the EL2 StreamWorld
     */
    Made make(int kind, int tables, int attributes) {
        return switch (kind % StreamPlan.KINDS) {
            case StreamPlan.ABORT -> varied(Ste.aborting(), Optional.empty(), Optional.empty(), attributes);
            case StreamPlan.BYPASS -> varied(Ste.bypass(), Optional.empty(), Optional.empty(), attributes);
            case StreamPlan.STAGE_2 -> stage2(tables, attributes);
            case StreamPlan.NESTED -> nested(tables, attributes);
            default -> stage1(tables, attributes);
        };
    }

    private Made stage1(int tables, int attributes) {
        List<Stage1> host = stage1.stream().filter(one -> one.guest() == 0).toList();
        List<Stage1> from = host.isEmpty() ? stage1 : host;
        if (from.isEmpty()) {
            return stage2(tables, attributes);
        }
        Stage1 one = from.get(tables % from.size());
        Ste ste = Ste.stage1(one.contexts()).s1dss(one.contexts().s1CdMax() > 0 ? 0b10 : 0);
        int plan = tables % Math.max(1, stage2.size());
        Ste tagged =
                ids.s2p() ? ste.s2vmid(stage2.isEmpty() ? 0 : stage2.get(plan).tag()) : ste;
        return varied(tagged, Optional.of(one), Optional.empty(), attributes);
    }

    private Made stage2(int tables, int attributes) {
        if (stage2.isEmpty()) {
            return stage1.isEmpty()
                    ? varied(Ste.bypass(), Optional.empty(), Optional.empty(), attributes)
                    : stage1(tables, attributes);
        }
        int number = tables % stage2.size();
        HotTable table = stage2.get(number);
        return varied(governed(Ste.stage2(table.table()), number), Optional.empty(), Optional.of(table), attributes);
    }

    private Made nested(int tables, int attributes) {
        List<Stage1> guests = stage1.stream().filter(one -> one.guest() > 0).toList();
        if (guests.isEmpty()) {
            return stage1(tables, attributes);
        }
        Stage1 one = guests.get(tables % guests.size());
        HotTable table = stage2.get(one.guest() - 1);
        Ste ste = Ste.nested(one.contexts(), table.table()).s1dss(one.contexts().s1CdMax() > 0 ? 0b10 : 0);
        return varied(governed(ste, one.guest() - 1), Optional.of(one), Optional.of(table), attributes);
    }

    /** The stage 2 fields that STEs of one VMID must share. */
    private Ste governed(Ste ste, int number) {
        int attributes =
                setup.stage2().isEmpty() ? 0 : setup.stage2().get(number).attributes();
        Ste tagged = ste.s2vmid(stage2.get(number).tag());
        return new Ste(repertoire.variations().ste(tagged.line(), attributes));
    }

    private Made varied(Ste ste, Optional<Stage1> one, Optional<HotTable> two, int attributes) {
        boolean el2 = ids.hyp() && one.isPresent() && two.isEmpty() && (attributes >>> 16 & 1) == 1;
        Ste varied = new Ste(repertoire.variations().ste(ste.line(), attributes & 0xFFFF)).strw(el2 ? EL2 : NS_EL1);
        return new Made(ids.stallModel() == 2 && two.isPresent() ? varied.s2s(true) : varied, one, two);
    }
}
