package org.nestor.properties.nested;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.nestor.generators.vectors.Commands;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Ste;

/** A guest sees through nested hardware what it sees of an emulated SMMU. */
class TransparencyProperties {
    private static final long DATA = TwoMachines.GUEST_RAM + 0x80_0000;
    private static final long VA = 0x40_0000;
    private static final int SLOTS = 6;
    private static final long PAGE = 4096;
    private static final long LARGE_PAGE = 16 * PAGE;
    private static final int STEPS = 120;

    /** A guest with two address spaces, which invalidates what it changes. */
    private static final class World {
        final TwoMachines machines;
        final boolean stalls;
        final List<List<PageTable>> tables;
        final List<List<LinearCdTable>> contexts;

        World(boolean stalls) {
            this.stalls = stalls;
            machines = new TwoMachines(stalls);
            tables = List.of(table(Granule.KB4), table(Granule.KB64));
            contexts = List.of(context(0), context(1));
            machines.both(side -> {
                side.streams().put(TwoMachines.STREAM, Ste.aborting());
                side.driver().start(side.streams());
            });
        }

        private List<PageTable> table(Granule granule) {
            return machines.make(side -> PageTable.stage1(side.space(), granule, 40));
        }

        private List<LinearCdTable> context(int space) {
            List<LinearCdTable> made = machines.make(side -> new LinearCdTable(side.space(), 0));
            for (int i = 0; i < made.size(); i++) {
                made.get(i).put(0, cd(tables.get(space).get(i), space));
            }
            return made;
        }

        private Cd cd(PageTable table, int space) {
            Cd cd = Cd.of(table).asid(5 + space);
            return stalls ? cd.s(true).a(false) : cd;
        }

        void ste(Ste own, Ste nested) {
            machines.side(0).streams().put(TwoMachines.STREAM, own);
            machines.side(1).streams().put(TwoMachines.STREAM, nested);
            send(Commands.cfgiSte(TwoMachines.STREAM, true));
        }

        void send(CommandRecord command) {
            machines.both(side -> side.driver().complete(command));
        }

        void translate(int space) {
            ste(
                    Ste.stage1(contexts.get(space).get(0)),
                    Ste.stage1(contexts.get(space).get(1)));
        }

        long va(int space, int slot) {
            return VA + slot * (space == 0 ? PAGE : LARGE_PAGE);
        }

        void map(int space, int slot, int target) {
            long bits = Stage1Bits.READ_WRITE | Stage1Bits.NG;
            for (PageTable table : tables.get(space)) {
                table.map(va(space, slot), DATA + target * LARGE_PAGE, 3, bits);
            }
        }

        void unmap(int space, int slot) {
            tables.get(space).forEach(table -> table.poke(va(space, slot), 3, 0));
        }
    }

    @Property(tries = 40)
    void guestSeesWhatAnEmulatedSmmuWouldShow(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        World world = new World(false);
        int space = 0;
        for (int step = 0; step < STEPS; step++) {
            int slot = random.nextInt(SLOTS);
            switch (random.nextInt(8)) {
                case 0 -> {
                    space = random.nextInt(2);
                    world.translate(space);
                }
                case 1 -> world.ste(Ste.bypass(), Ste.bypass());
                case 2 -> world.ste(Ste.aborting(), Ste.aborting());
                case 3, 4, 5 -> {
                    world.machines.read(world.va(space, slot));
                    world.unmap(space, slot);
                    invalidate(world, random.nextInt(6), space, slot);
                    if (random.nextBoolean()) {
                        world.map(space, slot, random.nextInt(SLOTS));
                    }
                    world.machines.read(world.va(space, slot));
                }
                default -> world.machines.read(random.nextInt(8) == 0 ? DATA : world.va(space, slot) + 0x20);
            }
            assertEquals(List.of(), world.machines.virtual().takeRefusals());
        }
    }

    private static void invalidate(World world, int form, int space, int slot) {
        int asid = 5 + space;
        long va = world.va(space, slot);
        Granule granule = space == 0 ? Granule.KB4 : Granule.KB64;
        world.send(
                switch (form) {
                    case 0 -> Commands.nhVa(0, asid, va, true);
                    case 1 -> Commands.nhVaa(0, va, false);
                    case 2 -> Commands.nhAsid(0, asid);
                    case 3 -> Commands.nhAll(0);
                    case 4 -> Commands.nsnhAll();
                    default -> Commands.range(Commands.nhVa(0, asid, va, false), granule, 3, 1, 0);
                });
    }

    @Example
    @Rule("R-EVT-06")
    @Rule("R-PRS-06")
    void stalledReadEndsAsTheGuestsDriverSays() {
        World world = new World(true);
        world.translate(0);
        assertEquals("Stalled", world.machines.read(VA));
        world.map(0, 0, 2);
        world.send(new CommandRecord(0x44 | 1 << 12 | (long) TwoMachines.STREAM << 32, 0));
        assertEquals(List.of("0 0x" + Long.toHexString(DATA + 2 * LARGE_PAGE)), world.machines.step());
        assertEquals("Stalled", world.machines.read(world.va(0, 3)));
        world.send(new CommandRecord(0x44 | 1 << 13 | (long) TwoMachines.STREAM << 32, 0));
        assertEquals(List.of("0 Abort"), world.machines.step());
    }

    @Example
    void guestsCdThatIsEditedIsFetchedAgain() {
        World world = new World(false);
        world.map(0, 0, 1);
        world.translate(0);
        world.machines.read(VA);
        for (int i = 0; i < 2; i++) {
            world.contexts
                    .get(0)
                    .get(i)
                    .put(0, world.cd(world.tables.get(0).get(i), 0).v(false));
        }
        world.send(Commands.cfgiCd(TwoMachines.STREAM, 0, true));
        assertEquals("Abort", world.machines.read(VA));
    }

    @Example
    @Rule("R-PTA-15")
    void tableOfSeveralCdsIsRefusedAndAborts() {
        World world = new World(false);
        LinearCdTable wide = new LinearCdTable(world.machines.side(1).space(), 2);
        world.machines.side(1).streams().put(TwoMachines.STREAM, Ste.stage1(wide));
        world.machines.side(1).driver().complete(Commands.cfgiSte(TwoMachines.STREAM, true));
        assertEquals(
                List.of("R-PTA-15"),
                world.machines.virtual().takeRefusals().stream()
                        .map(refusal -> refusal.rule().toString())
                        .toList());
    }
}
