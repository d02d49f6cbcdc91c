package org.nestor.properties.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.nestor.generators.nested.PairOp;
import org.nestor.generators.nested.PairRun;
import org.nestor.generators.nested.PairWorld;
import org.nestor.generators.nested.TwoMachines;
import org.nestor.generators.vectors.Commands;
import org.nestor.iommu.Parts;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.Ste;

/** A guest sees through nested hardware what it sees of an emulated SMMU. */
class TransparencyProperties {
    private static final int STEPS = 240;

    @Property(tries = 40)
    void guestSeesWhatAnEmulatedSmmuWouldShow(@ForAll long seed) {
        assertEquals(Optional.empty(), PairRun.of(PairOp.sequence(seed, STEPS), Parts.REFERENCE));
    }

    @Example
    @Rule("R-EVT-06")
    @Rule("R-PRS-06")
    void stalledReadEndsAsTheGuestsDriverSays() {
        PairWorld world = new PairWorld(true, Parts.REFERENCE);
        TwoMachines machines = world.machines();
        world.translate(0);
        assertEquals("Stalled", machines.read(world.va(0)));
        world.map(0, 2);
        world.send(new CommandRecord(0x44 | 1 << 12 | (long) TwoMachines.STREAM << 32, 0));
        assertEquals(List.of("0 0x" + Long.toHexString(PairWorld.data(2))), machines.step());
        assertEquals("Stalled", machines.read(world.va(3)));
        world.send(new CommandRecord(0x44 | 1 << 13 | (long) TwoMachines.STREAM << 32, 0));
        assertEquals(List.of("0 Abort"), machines.step());
    }

    @Example
    void guestsCdThatIsEditedIsFetchedAgain() {
        PairWorld world = new PairWorld(false, Parts.REFERENCE);
        world.translate(0);
        world.map(0, 1);
        assertEquals(
                "0x" + Long.toHexString(PairWorld.data(1)), world.machines().read(world.va(0)));
        world.show(OptionalInt.empty(), false);
        assertEquals("Abort", world.machines().read(world.va(0)));
        assertEquals(List.of(), world.machines().virtual().takeRefusals());
    }

    @Example
    @Rule("R-PTA-15")
    void tableOfSeveralCdsIsRefusedAndAborts() {
        TwoMachines machines = new PairWorld(false, Parts.REFERENCE).machines();
        LinearCdTable wide = new LinearCdTable(machines.side(1).space(), 2);
        machines.side(1).streams().put(TwoMachines.STREAM, Ste.stage1(wide));
        machines.side(1).driver().complete(Commands.cfgiSte(TwoMachines.STREAM, true));
        assertEquals(
                List.of("R-PTA-15"),
                machines.virtual().takeRefusals().stream()
                        .map(refusal -> refusal.rule().toString())
                        .toList());
    }
}
