package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.nestor.generators.vectors.Commands;
import org.nestor.iommu.Parts;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Ste;

/**
 * A guest of {@link TwoMachines} with two page tables, one of 4 KiB pages and one of 64 KiB, and two contexts that each show one of
 * them. What it changes it invalidates, completely, so that nothing stale is left for the machines to disagree about.
 */
public final class PairWorld {
    /** How many pages a table has room for. */
    public static final int SLOTS = 6;

    private static final int SPACES = 2;
    private static final int FIRST_ASID = 5;
    private static final int INPUT_BITS = 40;
    private static final int LEAF_LEVEL = 3;
    private static final long DATA = TwoMachines.GUEST_RAM + 0x80_0000;
    private static final long VA = 0x40_0000;
    private static final long PAGE = 4096;
    private static final long LARGE_PAGE = 16 * PAGE;

    private final TwoMachines machines;
    private final boolean stalls;
    private final List<List<PageTable>> tables;
    private final List<List<LinearCdTable>> contexts;
    private final List<OptionalInt> shown = new ArrayList<>(List.of(OptionalInt.of(0), OptionalInt.of(1)));
    private int running;

    /** The guest with its SMMU enabled, and its device's stream aborted. */
    public PairWorld(boolean stalls, Parts software) {
        this.stalls = stalls;
        machines = new TwoMachines(stalls, software);
        tables = List.of(table(Granule.KB4), table(Granule.KB64));
        contexts = List.of(context(0), context(1));
        machines.both(side -> {
            side.streams().put(TwoMachines.STREAM, Ste.aborting());
            side.driver().start(side.streams());
        });
    }

    private List<PageTable> table(Granule granule) {
        return machines.make(side -> PageTable.stage1(side.space(), granule, INPUT_BITS));
    }

    private List<LinearCdTable> context(int space) {
        List<LinearCdTable> made = machines.make(side -> new LinearCdTable(side.space(), 0));
        for (int i = 0; i < made.size(); i++) {
            made.get(i).put(0, cd(tables.get(space).get(i), space));
        }
        return made;
    }

    private Cd cd(PageTable table, int space) {
        Cd cd = Cd.of(table).asid(FIRST_ASID + space);
        return stalls ? cd.s(true).a(false) : cd;
    }

    public TwoMachines machines() {
        return machines;
    }

    public void send(CommandRecord command) {
        machines.both(side -> side.driver().complete(command));
    }

    private void ste(Ste own, Ste nested) {
        machines.side(0).streams().put(TwoMachines.STREAM, own);
        machines.side(1).streams().put(TwoMachines.STREAM, nested);
        send(Commands.cfgiSte(TwoMachines.STREAM, true));
    }

    public void bypass() {
        ste(Ste.bypass(), Ste.bypass());
    }

    public void abort() {
        ste(Ste.aborting(), Ste.aborting());
    }

    /** Lets the device run in one of the contexts. */
    public void translate(int space) {
        running = space % SPACES;
        List<LinearCdTable> context = contexts.get(running);
        ste(Ste.stage1(context.get(0)), Ste.stage1(context.get(1)));
    }

    /** Has the running context show a table, or none: its CD is edited where it is. */
    public void show(OptionalInt table, boolean everyCd) {
        shown.set(running, table);
        for (int i = 0; i < contexts.get(running).size(); i++) {
            Cd cd = cd(tables.get(table.orElse(running)).get(i), running);
            contexts.get(running).get(i).put(0, table.isPresent() ? cd : cd.v(false));
        }
        send(everyCd ? Commands.cfgiCdAll(TwoMachines.STREAM) : Commands.cfgiCd(TwoMachines.STREAM, 0, true));
        send(Commands.nhAsid(0, FIRST_ASID + running));
    }

    /** Input address of a slot of what the running context shows. */
    public long va(int slot) {
        return va(shown.get(running).orElse(running), slot);
    }

    private static long va(int table, int slot) {
        return VA + slot % SLOTS * (table == 0 ? PAGE : LARGE_PAGE);
    }

    /** Where the page is that a target stands for. */
    public static long data(int target) {
        return DATA + target % SLOTS * LARGE_PAGE;
    }

    /** Maps a page that is not mapped in the table that the running context shows. */
    public void map(int slot, int target) {
        int table = shown.get(running).orElse(running);
        long bits = Stage1Bits.READ_WRITE | Stage1Bits.NG;
        tables.get(table).forEach(each -> each.map(va(table, slot), data(target), LEAF_LEVEL, bits));
    }

    /** Takes a page away from the table that the running context shows, and has each context forget it that shows the table. */
    public void unmap(int slot, int form) {
        int table = shown.get(running).orElse(running);
        tables.get(table).forEach(each -> each.poke(va(table, slot), LEAF_LEVEL, 0));
        for (int space = 0; space < SPACES; space++) {
            if (shown.get(space).equals(OptionalInt.of(table))) {
                send(invalidation(form, FIRST_ASID + space, table, slot));
            }
        }
    }

    private static CommandRecord invalidation(int form, int asid, int table, int slot) {
        long address = va(table, slot);
        return switch (form % 6) {
            case 0 -> Commands.nhVa(0, asid, address, true);
            case 1 -> Commands.nhVaa(0, address, false);
            case 2 -> Commands.nhAsid(0, asid);
            case 3 -> Commands.nhAll(0);
            case 4 -> Commands.nsnhAll();
            default ->
                Commands.range(
                        Commands.nhVa(0, asid, address, false),
                        table == 0 ? Granule.KB4 : Granule.KB64,
                        LEAF_LEVEL,
                        1,
                        0);
        };
    }
}
