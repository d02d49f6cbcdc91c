package org.nestor.properties.caching;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nestor.generators.vectors.Commands;
import org.nestor.generators.vectors.Driver;
import org.nestor.generators.vectors.Machine;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationProcedure;
import org.nestor.smmu.walk.UncachedReader;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;
import org.nestor.tables.TwoLevelCdTable;
import org.nestor.tables.TwoLevelStreamTable;

/**
 * A small world whose every structure can be edited, with the invalidations that each edit needs: streams 1 and 2 share a stage 1
 * table under two ASIDs, stream 3 is nested and stream 4 uses its stage 2 table alone, stream 5 has two SubstreamIDs in a two-level CD
 * table. Physical addresses equal IPAs for what the guest of stream 3 reads.
 */
final class CachingWorld {
    private static final int SHARED_VMID = 3;
    private static final int GUEST_VMID = 4;
    private static final int SUBSTREAM_VMID = 5;
    private static final long PAGE = 4096;
    private static final long BASE = 0x1040_0000L;
    private static final long GUEST_OUTPUT = 0x3000_0000L;
    private static final long RW = Stage1Bits.READ_WRITE | Stage1Bits.NG;
    private static final List<Long> NON_GLOBAL = List.of(
            RW,
            RW | Stage1Bits.ap(0b10),
            RW | Stage1Bits.attrIndx(2),
            RW & ~Stage1Bits.ap(0b01),
            RW & ~Stage1Bits.AF,
            RW | Stage1Bits.UXN);
    private static final List<Long> ANY_STAGE_1 =
            Stream.concat(NON_GLOBAL.stream(), Stream.of(Stage1Bits.READ_WRITE)).toList();
    private static final List<Long> ANY_STAGE_2 = List.of(
            Stage2Bits.READ_WRITE,
            Stage2Bits.READ_WRITE & ~Stage2Bits.s2ap(0b10),
            Stage2Bits.READ_WRITE & ~Stage2Bits.memAttr(0b1111) | Stage2Bits.memAttr(0b0001),
            Stage2Bits.READ_WRITE & ~Stage2Bits.AF);

    /** What is edited. */
    enum Edit {
        PAGE,
        BLOCK,
        STE,
        STAGE_2_OF_STES,
        L1STD,
        CD,
        CD_PAGE,
        L1CD
    }

    private final HistoryMemory memory = new HistoryMemory();
    private final TableSpace space = TableSpace.physical(memory, new BumpAllocator(PAGE, 1L << 20));
    private final Optional<AllowedWatch> watch;
    private final Smmu smmu;
    private final Driver driver;
    private final TwoLevelStreamTable streams = new TwoLevelStreamTable(space, 8, 6);
    private final TwoLevelCdTable substreams = TwoLevelCdTable.of4K(space, 7);
    private final MappedTable shared = stage1(SHARED_VMID, List.of(5, 6), outputs(0x0800_0000L), ANY_STAGE_1);
    private final MappedTable guest = stage1(GUEST_VMID, List.of(5, 11), outputs(GUEST_OUTPUT), NON_GLOBAL);
    private final MappedTable ofSubstreams =
            stage1(SUBSTREAM_VMID, List.of(7, 8, 9), outputs(0x0A00_0000L), NON_GLOBAL);
    private final MappedTable stage2 = new MappedTable(
            PageTable.stage2(space, Granule.KB4, 39, 1),
            GUEST_OUTPUT,
            GUEST_VMID,
            List.of(),
            outputs(0x0C00_0000L),
            ANY_STAGE_2);
    private final List<MappedTable> tables = List.of(shared, guest, ofSubstreams, stage2);
    private final List<Long> thirdPointers;
    private final long cdPage = space.allocator().allocate(PAGE, PAGE);
    private final long otherCdPage = space.allocator().allocate(PAGE, PAGE);
    private final long l1Stream;
    private final long l1Context;
    private final TranslationProcedure uncached;
    private final EarlierWords earlier;

    CachingWorld(NamedPolicy policy) {
        this(policy, false);
    }

    /** A world in which somebody may ask of each translation whether it is allowed. */
    CachingWorld(NamedPolicy policy, boolean watched) {
        watch = watched ? Optional.of(memory.watched()) : Optional.empty();
        smmu = watch.map(watching -> policy.smmu(memory, watching)).orElseGet(() -> policy.smmu(memory));
        driver = new Driver(Machine.of(smmu), space);
        thirdPointers = tables.stream().map(MappedTable::mapEverything).toList();
        streams.put(1, stage1Only(5));
        streams.put(2, stage1Only(6));
        store(cdPage, Cd.of(guest.table()).asid(5).line());
        store(otherCdPage, Cd.of(guest.table()).asid(11).mair(Cd.MAIR ^ 0xBB).line());
        streams.put(
                3, Ste.stage2(stage2.table()).config(0b111).s1ContextPtr(cdPage).s2vmid(GUEST_VMID));
        streams.put(4, Ste.stage2(stage2.table()).s2vmid(GUEST_VMID));
        substreams.put(1, Cd.of(ofSubstreams.table()).asid(7));
        substreams.put(2, Cd.of(ofSubstreams.table()).asid(8));
        streams.put(5, Ste.stage1(substreams).s2vmid(SUBSTREAM_VMID));
        for (long page = 0; page < space.allocator().next(); page += PAGE) {
            stage2.table().map(page, page, 3, Stage2Bits.READ_WRITE);
        }
        l1Stream = memory.read64(streams.l1Address(0));
        l1Context = memory.read64(substreams.l1Address(0));
        driver.start(streams);
        GlobalConfiguration configuration =
                new GlobalConfiguration(true, streams.strtabBase(), streams.strtabBaseCfg(), 0, false);
        uncached = new TranslationFactory().assemble(smmu.ids(), new UncachedReader(memory), RuleLog.NONE);
        uncached.configure(configuration);
        earlier = new EarlierWords(smmu.ids(), memory, configuration);
        memory.begin();
    }

    private MappedTable stage1(int vmid, List<Integer> asids, List<Long> outputs, List<Long> attributes) {
        return new MappedTable(PageTable.stage1(space, Granule.KB4, 39), BASE, vmid, asids, outputs, attributes);
    }

    private Ste stage1Only(int asid) {
        return Ste.stage1(LinearCdTable.single(space, Cd.of(shared.table()).asid(asid)))
                .s2vmid(SHARED_VMID);
    }

    /** Four pages, the first of them aligned to a block. */
    private static List<Long> outputs(long base) {
        return IntStream.range(0, 4).mapToObj(page -> base + page * PAGE).toList();
    }

    /** A transaction of one of the streams to one of the addresses that some table maps. */
    Transaction transaction(int which, int where, int how) {
        int stream = 1 + which % 5;
        long address = (stream == 4 ? stage2 : shared).input(where);
        Transaction plain = how % 3 == 0 ? Transaction.write(stream, address) : Transaction.read(stream, address);
        Transaction privileged = plain.withPrivilege(how % 2 == 0, how % 5 == 0);
        return stream == 5 ? privileged.withSubstream(1 + where / 10 % 2) : privileged;
    }

    TranslationOutcome translate(Transaction transaction) {
        return smmu.translate(transaction);
    }

    TranslationOutcome uncached(Transaction transaction) {
        return uncached.translate(transaction);
    }

    /** Who watches the translations. */
    AllowedWatch watch() {
        return watch.orElseThrow();
    }

    boolean earlierWordsExplain(TranslationOutcome outcome, Transaction transaction) {
        return earlier.explain(outcome, transaction);
    }

    void complete(List<CommandRecord> commands) {
        driver.complete(commands.toArray(CommandRecord[]::new));
    }

    /** Changes a structure and, if asked to, does what makes the change guaranteed (and breaks before it makes). */
    void edit(Edit edit, int where, int what, int how, boolean invalidate) {
        Consequences consequences = new Consequences(invalidate);
        switch (edit) {
            case PAGE -> page(tables.get(where % 4), where / 4, what, how, consequences);
            case BLOCK -> block(where % 4, what, how, consequences);
            case STE -> ste(where, what, how, consequences);
            case STAGE_2_OF_STES -> stage2OfStes(what, consequences);
            case L1STD -> l1Stream(what, how, consequences);
            case CD -> context(where, what, how, consequences);
            case CD_PAGE -> contextPage(what, how, consequences);
            case L1CD -> l1Context(what, how, consequences);
        }
    }

    /** Groups of commands, each complete before the next, or nothing at all. */
    private final class Consequences {
        private final boolean wanted;

        Consequences(boolean wanted) {
            this.wanted = wanted;
        }

        void complete(CommandRecord... commands) {
            if (wanted) {
                driver.complete(commands);
            }
        }

        /** Break, invalidate, make. */
        void replace(long address, long value, List<List<CommandRecord>> groups) {
            if (wanted) {
                memory.write64(address, 0);
                groups.forEach(commands -> driver.complete(commands.toArray(CommandRecord[]::new)));
            }
            memory.write64(address, value);
        }
    }

    private static void page(MappedTable table, int slot, int what, int how, Consequences consequences) {
        long input = table.input(slot);
        consequences.replace(
                table.table().descriptorAddress(input, 3), table.page(what), table.invalidationOfPage(input, how));
    }

    private void block(int number, int what, int how, Consequences consequences) {
        MappedTable table = tables.get(number);
        long value = switch (what % 3) {
            case 0 -> 0;
            case 1 -> thirdPointers.get(number);
            default -> table.block(what / 3);
        };
        consequences.replace(table.table().descriptorAddress(table.third(), 2), value, table.invalidationOfThird(how));
    }

    private void ste(int where, int what, int how, Consequences consequences) {
        int stream = 1 + where % 2;
        Ste ste = new Ste(Line.of(word -> memory.read64(streams.steAddress(stream) + 8L * word)));
        streams.put(
                stream,
                switch (what % 5) {
                    case 0 -> ste.v(false);
                    case 1 -> ste.config(0b000);
                    case 2 -> ste.config(0b100);
                    case 3 -> ste.privcfg(what / 5 % 2 * 2);
                    default -> ste.v(true).config(0b101);
                });
        consequences.complete(
                switch (how % 4) {
                    case 0 -> Commands.cfgiSte(stream, true);
                    case 1 -> Commands.cfgiSte(stream, false);
                    case 2 -> Commands.cfgiSteRange(stream, 1);
                    default -> Commands.cfgiAll();
                });
    }

    /** Both STEs of the VMID must agree. */
    private void stage2OfStes(int what, Consequences consequences) {
        for (int stream = 3; stream <= 4; stream++) {
            long address = streams.steAddress(stream);
            Ste ste = new Ste(Line.of(word -> memory.read64(address + 8L * word)));
            streams.put(stream, ste.s2affd(what % 2 == 0).s2ptw(what / 2 % 2 == 0));
        }
        consequences.complete(Commands.cfgiSte(3, true), Commands.cfgiSte(4, true));
        consequences.complete(Commands.s12Vmall(GUEST_VMID));
    }

    private void l1Stream(int what, int how, Consequences consequences) {
        memory.write64(streams.l1Address(0), what % 2 == 0 ? 0 : l1Stream);
        if (how % 2 == 0) {
            consequences.complete(IntStream.rangeClosed(1, 5)
                    .mapToObj(stream -> Commands.cfgiSte(stream, false))
                    .toArray(CommandRecord[]::new));
        } else {
            consequences.complete(Commands.cfgiSteRange(0, 5));
        }
    }

    private void context(int where, int what, int how, Consequences consequences) {
        int substream = 1 + where % 2;
        Cd cd = Cd.of(ofSubstreams.table()).asid(substream == 1 ? 7 + what / 4 % 2 * 2 : 8);
        substreams.put(
                substream,
                switch (what % 4) {
                    case 0 -> cd.v(false);
                    case 1 -> cd.mair(Cd.MAIR ^ 0xBB);
                    case 2 -> cd.affd(true);
                    default -> cd;
                });
        consequences.complete(how % 2 == 0 ? Commands.cfgiCd(5, substream, true) : Commands.cfgiCdAll(5));
        consequences.complete(
                Commands.nhAsid(SUBSTREAM_VMID, 7),
                Commands.nhAsid(SUBSTREAM_VMID, 8),
                Commands.nhAsid(SUBSTREAM_VMID, 9));
    }

    private void contextPage(int what, int how, Consequences consequences) {
        long page = what % 2 == 0 ? cdPage : otherCdPage;
        CommandRecord configuration = switch (how % 3) {
            case 0 -> Commands.cfgiCd(3, 0, true);
            case 1 -> Commands.cfgiCdAll(3);
            default -> Commands.cfgiSte(3, true);
        };
        consequences.replace(
                stage2.table().descriptorAddress(cdPage, 3),
                page | Stage2Bits.READ_WRITE | 0b11,
                List.of(List.of(Commands.s12Vmall(GUEST_VMID)), List.of(configuration)));
    }

    private void l1Context(int what, int how, Consequences consequences) {
        memory.write64(substreams.l1Address(0), what % 2 == 0 ? 0 : l1Context);
        if (how % 2 == 0) {
            consequences.complete(Commands.cfgiCd(5, 1, false), Commands.cfgiCd(5, 2, false));
        } else {
            consequences.complete(Commands.cfgiCdAll(5));
        }
    }

    private void store(long address, Line line) {
        for (int word = 0; word < Line.DOUBLEWORDS; word++) {
            memory.write64(address + 8L * word, line.doubleword(word));
        }
    }
}
