package org.nestor.properties.spec;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.nestor.memory.SparseMemory;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/** A nested stream on the reference whose CD lies behind a stage 2 page that moves: each place has a CD with a MAIR of its own. */
final class MovedCd {
    private static final long PAGE = WatchedTables.PAGE;
    private static final int INPUT_BITS = 39;
    private static final long PLACES = 0x0800_0000L;

    private final CachedSmmu smmu;
    private final PageTable stage2;

    MovedCd(CachePolicy policy) {
        SparseMemory memory = SparseMemory.ram(0, 1L << 32);
        TableSpace space = TableSpace.physical(memory, new BumpAllocator(PAGE, 1L << 20));
        LinearStreamTable streams = new LinearStreamTable(space, 1);
        PageTable stage1 = PageTable.stage1(space, Granule.KB4, INPUT_BITS);
        stage1.map(WatchedTables.ADDRESS, WatchedTables.IPA, 3, Stage1Bits.READ_WRITE | Stage1Bits.NG);
        stage2 = PageTable.stage2(space, Granule.KB4, INPUT_BITS, 1);
        for (int place = 0; place < places(); place++) {
            contexts(memory, place)
                    .put(0, Cd.of(stage1).asid(WatchedTables.ASID).mair(WatchedTables.MAIRS.get(place)));
        }
        stage2.map(WatchedTables.IPA, WatchedTables.OUTPUT, 3, Stage2Bits.READ_WRITE);
        move(0);
        IdentityMap.into(stage2, space);
        streams.put(
                WatchedTables.STREAM, Ste.nested(contexts(memory, 0), stage2).s2vmid(WatchedTables.VMID));
        smmu = CachedSmmu.of(memory, streams, policy, new InvalidationRules(new CoveredRange()));
    }

    static int places() {
        return WatchedTables.MAIRS.size();
    }

    private static LinearCdTable contexts(SparseMemory memory, int place) {
        long page = PLACES + place * PAGE;
        return new LinearCdTable(TableSpace.physical(memory, new BumpAllocator(page, page + PAGE)), 0);
    }

    /** The page of the CD is from now on that of another place. */
    void move(int place) {
        stage2.map(PLACES, PLACES + place * PAGE, 3, Stage2Bits.READ_WRITE);
    }

    void read() {
        smmu.translator().translate(Transaction.read(WatchedTables.STREAM, WatchedTables.ADDRESS));
    }

    /** The stage 2 page that moves. */
    InvalidationCommand ipa() {
        return new InvalidationCommand.TlbiS2Ipa(WatchedTables.VMID, new Extent(PLACES, false, Optional.empty()));
    }

    void publish(InvalidationCommand command) {
        smmu.translator().invalidate(command, 0);
    }

    void synchronise() {
        smmu.translator().synchronise();
    }

    /** The places that cached CDs come from. */
    Set<Integer> cached() {
        List<Long> mairs = WatchedTables.MAIRS;
        return smmu.reader().contents().contexts().stream()
                .flatMap(context -> context.descriptor().stream())
                .map(ContextDescriptor::mair)
                .map(mairs::indexOf)
                .collect(Collectors.toSet());
    }
}
