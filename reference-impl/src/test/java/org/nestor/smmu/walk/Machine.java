package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Ids;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome.Refused;
import org.nestor.smmu.walk.TranslationOutcome.Translated;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.StreamTable;
import org.nestor.tables.TableSpace;

/**
 * An SMMU without caches beside a memory of 16 GiB, with stream {@link #STREAM} for the test to set up.
 *
 * <p>Structures of the host go to physical addresses from 0x10000000 on. Those of a guest go to {@link #GUEST_BASE} and point to one
 * another by IPA, which is the physical address plus {@link #GUEST_OFFSET}; {@link #guestStage2} maps that window page by page.
 */
final class Machine {
    static final int STREAM = 3;

    /** Where nothing answers. */
    static final long HOLE = 0x8_0000_0000L;

    static final long GUEST_BASE = 0x2000_0000L;
    static final long GUEST_SIZE = 0x80_0000L;
    static final long GUEST_OFFSET = 0x10_0000_0000L;

    final SparseMemory memory = SparseMemory.ram(0, 0x4_0000_0000L);
    final TableSpace host = TableSpace.physical(memory, new BumpAllocator(0x1000_0000, GUEST_BASE));
    final TableSpace guest = TableSpace.physical(memory, new BumpAllocator(GUEST_BASE, GUEST_BASE + GUEST_SIZE))
            .seenAs(Machine::ipaOf);
    final List<RuleId> decided = new ArrayList<>();
    final Set<RuleId> followed = new HashSet<>();

    private final TranslationProcedure procedure;
    private StreamTable streams = new LinearStreamTable(host, 4);
    private int cr2;
    private boolean atsChk;

    Machine(String ids) {
        this(Ids.full(ids));
    }

    Machine(IdRegisters id) {
        this(id, UncachedReader::new);
    }

    Machine(IdRegisters id, Function<PhysicalMemory, StructureReader> reader) {
        procedure = new TranslationFactory().assemble(id, reader.apply(memory), log());
        configure();
    }

    private RuleLog log() {
        return new RuleLog() {
            @Override
            public void decided(RuleId rule) {
                decided.add(rule);
            }

            @Override
            public void followed(RuleId rule) {
                followed.add(rule);
            }
        };
    }

    static long ipaOf(long physical) {
        return physical + GUEST_OFFSET;
    }

    Machine streams(StreamTable table) {
        streams = table;
        configure();
        return this;
    }

    Machine registers(GlobalConfiguration registers) {
        procedure.configure(registers);
        return this;
    }

    Machine cr2(int value) {
        cr2 = value;
        configure();
        return this;
    }

    Machine atsChk(boolean value) {
        atsChk = value;
        configure();
        return this;
    }

    private void configure() {
        procedure.configure(new GlobalConfiguration(true, streams.strtabBase(), streams.strtabBaseCfg(), cr2, atsChk));
    }

    /** Sets up {@link #STREAM}. */
    Machine ste(Ste ste) {
        streams.put(STREAM, ste);
        return this;
    }

    /** Sets up {@link #STREAM} with stage 1 alone and a single CD. */
    Machine stage1(Cd cd) {
        return ste(Ste.stage1(LinearCdTable.single(host, cd)));
    }

    /** Sets up {@link #STREAM} with a single CD in the guest's memory. */
    Machine nested(Cd cd, PageTable stage2) {
        return ste(Ste.nested(LinearCdTable.single(guest, cd), stage2));
    }

    /** A stage 2 table of 4 KiB pages and 39 bits that maps the guest's structures and nothing else. */
    PageTable guestStage2() {
        return mapGuest(PageTable.stage2(host, Granule.KB4, 39, 1));
    }

    PageTable mapGuest(PageTable stage2) {
        return stage2.mapPages(ipaOf(GUEST_BASE), GUEST_BASE, GUEST_SIZE >> 12, Stage2Bits.READ_WRITE);
    }

    TranslationProcedure procedure() {
        return procedure;
    }

    TranslationOutcome translate(Transaction transaction) {
        return procedure.translate(transaction);
    }

    Translated translated(Transaction transaction) {
        return assertInstanceOf(Translated.class, translate(transaction));
    }

    Refused refused(Transaction transaction) {
        return assertInstanceOf(Refused.class, translate(transaction));
    }

    /** What becomes of a transaction, in the words of {@link #text(Refusal)}, or the output address in hex. */
    String outcome(Transaction transaction) {
        TranslationOutcome outcome = translate(transaction);
        return outcome instanceof Translated translated
                ? "0x" + Long.toHexString(translated.physicalAddress(transaction.address()))
                : text(assertInstanceOf(Refused.class, outcome).refusal());
    }

    String read(long address) {
        return outcome(Transaction.read(STREAM, address));
    }

    String write(long address) {
        return outcome(Transaction.write(STREAM, address));
    }

    /**
     * The event and those of its fields that are defined: {@code C_BAD_STE}, {@code F_PERMISSION IN}, {@code F_STE_FETCH @0x..},
     * {@code F_TRANSLATION S2 TT ipa=0x..} with the IPA of the page, TTRnW=0 if so; {@code abort} without an event.
     */
    static String text(Refusal refusal) {
        if (!(refusal instanceof Fault fault)) {
            return "abort";
        }
        StringBuilder text = new StringBuilder(fault.type().name());
        boolean walk = fault.type().isTranslationRelated() || fault.type().code() == 0x0B;
        text.append(fault.stage2() ? " S2" : "").append(walk ? " " + fault.faultClass() : "");
        if (fault.stage2()) {
            text.append(" ipa=0x").append(Long.toHexString(fault.ipa() & -4096));
        }
        switch (fault.type()) {
            case F_STE_FETCH, F_CD_FETCH, F_WALK_EABT ->
                text.append(" @0x").append(Long.toHexString(fault.fetchAddress()));
            default -> text.append(fault.tableWrite() ? " TTRnW=0" : "");
        }
        return text.toString();
    }
}
