package org.nestor.bench;

import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.Translated;
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
 * The workload: reads of 1024 pages of 4 KiB, dense from input address 0x40000000, in the order p := 5p + 1 mod 1024. Both stages
 * resolve 39 bits from level 1, so that a nested walk reads 15 descriptors. Access flags are set beforehand.
 */
final class WalkWorkload {
    static final int PAGES = 1024;

    private static final int STREAM_ID = 0x10;
    private static final int VMID = 7;
    private static final int ASID = 3;
    private static final int INPUT_BITS = 39;
    private static final int START_LEVEL = 1;
    private static final int LAST_LEVEL = 3;
    private static final int PAGE = 4096;
    private static final long INPUT = 0x4000_0000L;
    private static final long OUTPUT = 0x8_0000_0000L;
    private static final long TABLES = 0x4000_0000L;
    private static final long TABLES_END = 0x8000_0000L;
    private static final long INTERMEDIATE = 0x10_0000_0000L;
    private static final long TABLES_IPA = 0x1_0000_0000L;
    private static final int QUEUE_LOG2 = 8;
    private static final long TLBI_NH_VA = 0x12L | (long) VMID << 32 | (long) ASID << 48;
    private static final long LEAF = 1;

    private final WalkCase walkCase;
    private final PhysicalMemory memory;
    private final Smmu smmu;
    private final Transaction[] transactions = new Transaction[PAGES];
    private long commandQueue;
    private int produced;

    WalkWorkload(WalkCase walkCase) {
        this(walkCase, SparseMemory.ram(TABLES, TABLES_END - TABLES));
    }

    WalkWorkload(WalkCase walkCase, PhysicalMemory memory) {
        this.walkCase = walkCase;
        this.memory = memory;
        this.smmu = new Smmu(
                Profile.FULL.idRegisters(),
                memory,
                new SmmuParts(new CachedTranslation(walkCase.policy())),
                RuleLog.NONE);
        for (int page = 0; page < PAGES; page++) {
            transactions[page] = Transaction.read(STREAM_ID, INPUT + (long) page * PAGE);
        }
        program();
    }

    private void program() {
        TableSpace space = TableSpace.physical(memory, new BumpAllocator(TABLES, TABLES_END));
        LinearStreamTable streams = new LinearStreamTable(space, 6);
        streams.put(STREAM_ID, ste(space).s2vmid(VMID));
        commandQueue = new BumpAllocator(TABLES_END - (PAGE << 4), TABLES_END).allocate(16L << QUEUE_LOG2, PAGE);
        smmu.write(Register.STRTAB_BASE, streams.strtabBase());
        smmu.write(Register.STRTAB_BASE_CFG, streams.strtabBaseCfg());
        smmu.write(Register.CMDQ_BASE, commandQueue | QUEUE_LOG2);
        smmu.write(Register.CR0, 0b1001);
    }

    private Ste ste(TableSpace space) {
        return switch (walkCase.setup()) {
            case BYPASS -> Ste.bypass();
            case STAGE1 ->
                Ste.stage1(
                        LinearCdTable.single(space, Cd.of(stage1(space, OUTPUT)).with("ASID", ASID)));
            case STAGE2 -> {
                PageTable table = PageTable.stage2(space, Granule.KB4, INPUT_BITS, START_LEVEL);
                yield Ste.stage2(table.mapPages(INPUT, OUTPUT, PAGES, Stage2Bits.READ_WRITE));
            }
            case NESTED -> nested(space);
        };
    }

    private static PageTable stage1(TableSpace space, long output) {
        return PageTable.stage1(space, Granule.KB4, INPUT_BITS)
                .mapPages(INPUT, output, PAGES, Stage1Bits.READ_WRITE | Stage1Bits.NG);
    }

    /** Stage 1 tables and the CD lie at IPAs of their own, in pages that stage 2 maps one by one. */
    private static Ste nested(TableSpace space) {
        PageTable stage2 = PageTable.stage2(space, Granule.KB4, INPUT_BITS, START_LEVEL);
        TableSpace guest = space.seenAs(physical -> physical - TABLES + TABLES_IPA);
        long first = space.allocator().allocate(PAGE, PAGE);
        Cd cd = Cd.of(stage1(guest, INTERMEDIATE)).with("ASID", ASID);
        LinearCdTable contexts = LinearCdTable.single(guest, cd);
        long pages = (space.allocator().next() - first + PAGE - 1) / PAGE;
        stage2.mapPages(first - TABLES + TABLES_IPA, first, pages, Stage2Bits.READ_WRITE);
        stage2.mapPages(INTERMEDIATE, OUTPUT, PAGES, Stage2Bits.READ_WRITE);
        return Ste.nested(contexts, stage2);
    }

    /** The page after {@code page} in the order of the workload. */
    static int next(int page) {
        return 5 * page + 1 & PAGES - 1;
    }

    /** Translates a read of the page. */
    TranslationOutcome translate(int page) {
        return smmu.translate(transactions[page]);
    }

    /** Whether the outcome is the right one for the page. */
    boolean isRight(int page, TranslationOutcome outcome) {
        long input = transactions[page].address();
        long expected = walkCase.setup() == WalkCase.Setup.BYPASS ? input : OUTPUT + (long) page * PAGE;
        return outcome instanceof Translated translated && translated.physicalAddress(input) == expected;
    }

    /** Publishes the invalidation of the page; it is consumed before this returns. */
    void invalidate(int page) {
        long slot = commandQueue + 16L * (produced & (1 << QUEUE_LOG2) - 1);
        memory.write64(slot, TLBI_NH_VA);
        memory.write64(slot + 8, transactions[page].address() | LEAF);
        produced = produced + 1 & (2 << QUEUE_LOG2) - 1;
        smmu.write(Register.CMDQ_PROD, produced);
    }

    /** Whether every command published so far was consumed without an error. */
    boolean isConsumed() {
        return smmu.read(Register.CMDQ_CONS) == produced && smmu.read(Register.GERROR) == 0;
    }

    /** Levels of each stage. */
    static int levels() {
        return LAST_LEVEL - START_LEVEL + 1;
    }
}
