package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.List;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/**
 * The structures of one nested stream, of which one word changes among a few values. Each value shows in what is made of it: a stage 1
 * or stage 2 descriptor in an output address, a CD in its MAIR, an STE in the stage 2 table that it names.
 */
final class WatchedTables {
    static final int STREAM = 0;
    static final int SUBSTREAM = 0;
    static final int VMID = 4;
    static final int ASID = 5;
    static final long ADDRESS = 0x1040_0000L;
    static final long IPA = 0x3000_0000L;
    static final long PAGE = 4096;
    static final long OUTPUT = 0x0C00_0000L;
    static final List<String> VALUES = List.of("W0", "W1", "W2");

    /** Normal memory that is Write-Back, Non-cacheable and Write-Through. */
    static final List<Long> MAIRS = List.of(0xFFL, 0x44L, 0xBBL);

    private static final int INPUT_BITS = 39;

    private final WatchedWord word;
    private final boolean global;
    private final TableSpace space;
    private final LinearStreamTable streams;
    private final PageTable stage1;
    private final LinearCdTable contexts;
    private final List<PageTable> roots = new ArrayList<>();

    /** Lays them out in a memory, with the first value. */
    WatchedTables(PhysicalMemory memory, WatchedWord word, boolean global) {
        this.word = word;
        this.global = global;
        this.space = TableSpace.physical(memory, new BumpAllocator(PAGE, 1L << 20));
        this.streams = new LinearStreamTable(space, 1);
        this.stage1 = PageTable.stage1(space, Granule.KB4, INPUT_BITS);
        this.contexts = new LinearCdTable(space, 0);
        for (int value = 0; value < VALUES.size(); value++) {
            roots.add(PageTable.stage2(space, Granule.KB4, INPUT_BITS, 1));
        }
        for (int value = 0; value < VALUES.size(); value++) {
            write(value);
        }
        for (int root = 0; root < roots.size(); root++) {
            mapGuest(roots.get(root), root);
        }
        write(0);
        stage1(0);
    }

    /** Whatever the guest's tables and CD lie in, and the pages that it maps to, each root in another way. */
    private void mapGuest(PageTable root, int index) {
        IdentityMap.into(root, space);
        for (int page = 0; page < VALUES.size(); page++) {
            int to = word == WatchedWord.STE ? index : page;
            root.map(IPA + page * PAGE, OUTPUT + to * PAGE, 3, Stage2Bits.READ_WRITE);
        }
    }

    LinearStreamTable streams() {
        return streams;
    }

    /** The stage 2 tables, one a value of an STE. */
    List<PageTable> roots() {
        return roots;
    }

    /** Gives the watched word a value. */
    void write(int value) {
        streams.put(STREAM, ste(word == WatchedWord.STE ? value : 0));
        contexts.put(0, cd(word == WatchedWord.CD ? value : 0));
        stage1(word == WatchedWord.STAGE1 ? value : 0);
        if (word == WatchedWord.STAGE2) {
            roots.get(0).map(IPA, OUTPUT + value * PAGE, 3, Stage2Bits.READ_WRITE);
        }
    }

    private Ste ste(int root) {
        return Ste.nested(contexts, roots.get(root)).s2vmid(VMID);
    }

    private Cd cd(int value) {
        return Cd.of(stage1).asid(ASID).mair(MAIRS.get(value));
    }

    private void stage1(int value) {
        long bits = global ? Stage1Bits.READ_WRITE : Stage1Bits.READ_WRITE | Stage1Bits.NG;
        stage1.map(ADDRESS, IPA + value * PAGE, 3, bits);
    }
}
