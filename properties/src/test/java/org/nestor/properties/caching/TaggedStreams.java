package org.nestor.properties.caching;

import java.util.List;
import org.nestor.generators.vectors.Driver;
import org.nestor.generators.vectors.Machine;
import org.nestor.memory.SparseMemory;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/** Streams that differ in one tag or several, and map the same addresses to pages of their own. */
final class TaggedStreams {
    static final int COUNT = 9;
    static final int PAGES = 3;

    private static final int EL2 = 2;
    private static final long PAGE = 4096;
    private static final long BASE = 0x1040_0000L;
    private static final long OWN = 1L << 21;
    private static final long NON_GLOBAL = Stage1Bits.READ_WRITE | Stage1Bits.NG;

    private final TableSpace space;
    private final LinearStreamTable streams;
    private final Smmu smmu;

    TaggedStreams(NamedPolicy policy) {
        SparseMemory memory = SparseMemory.ram(0, 1L << 30);
        space = TableSpace.physical(memory, new BumpAllocator(PAGE, 1L << 20));
        streams = new LinearStreamTable(space, 4);
        smmu = policy.smmu(memory);
        List<Ste> stes = List.of(
                stage1(0, 5, false, NON_GLOBAL).s2vmid(3),
                stage1(1, 6, false, NON_GLOBAL).s2vmid(3),
                stage1(2, 5, false, NON_GLOBAL).s2vmid(4),
                stage1(3, 6, false, NON_GLOBAL).s2vmid(4),
                stage1(4, 5, false, Stage1Bits.READ_WRITE).s2vmid(5),
                stage1(5, 6, true, Stage1Bits.READ_WRITE).s2vmid(5),
                stage1(6, 5, false, Stage1Bits.READ_WRITE).strw(EL2).s2vmid(3),
                Ste.stage2(stage2(7)).s2vmid(3),
                Ste.stage2(stage2(8)).s2vmid(4));
        for (int stream = 0; stream < COUNT; stream++) {
            streams.put(stream, stes.get(stream));
        }
        new Driver(Machine.of(smmu), space).start(streams);
    }

    private Ste stage1(int stream, int asid, boolean aset, long attributes) {
        PageTable table = PageTable.stage1(space, Granule.KB4, 39).mapPages(BASE, own(stream), PAGES, attributes);
        return Ste.stage1(LinearCdTable.single(space, Cd.of(table).asid(asid).aset(aset)));
    }

    private PageTable stage2(int stream) {
        return PageTable.stage2(space, Granule.KB4, 39, 1).mapPages(BASE, own(stream), PAGES, Stage2Bits.READ_WRITE);
    }

    private static long own(int stream) {
        return 0x1000_0000L + stream * OWN;
    }

    Transaction read(int stream, int page) {
        return Transaction.read(stream, BASE + page * PAGE);
    }

    /** Whether the transaction reaches the page of its own stream. */
    boolean isOwn(int stream, Transaction transaction) {
        return smmu.translate(transaction) instanceof TranslationOutcome.Translated translated
                && translated.physicalAddress(transaction.address()) == own(stream) + transaction.address() - BASE;
    }
}
