package org.nestor.smmu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.command.Endpoints;
import org.nestor.smmu.fault.FaultGovernance;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.PageResponse;
import org.nestor.smmu.transaction.Transaction;

/** An SMMU with a fake translation procedure, with memory and queues in place, and software's side of them. */
final class Rig {
    static final long RAM = 0x1000_0000;
    static final long COMMANDS = 0x2_0000;
    static final long EVENTS = 0x3_0000;
    static final long PAGE_REQUESTS = 0x4_0000;
    static final long CMDQEN = 8;
    static final long EVENTQEN = 4;
    static final long PRIQEN = 2;
    static final long SMMUEN = 1;
    static final long ALL = SMMUEN | PRIQEN | EVENTQEN | CMDQEN;
    static final IdRegisters FULL = Profile.FULL.idRegisters();
    static final RuleId ANY_RULE = RuleId.of("A-WLK-04");

    final FakeTranslation translation = new FakeTranslation();
    final List<Command.AtcInv> atcInvalidations = new ArrayList<>();
    final List<PageResponse> responses = new ArrayList<>();
    final List<RuleId> decided = new ArrayList<>();
    final PhysicalMemory memory;
    final Smmu smmu;
    boolean atcTimesOut;

    Rig() {
        this(FULL);
    }

    Rig(IdRegisters ids) {
        this(ids, UnaryOperator.identity());
    }

    /** {@code memory} may wrap the memory that the SMMU works on. */
    Rig(IdRegisters ids, UnaryOperator<PhysicalMemory> wrapping) {
        this.memory = new SparseMemory(List.of(MemoryRegion.ram(0, RAM)));
        this.smmu = new Smmu(ids, wrapping.apply(memory), parts(), log());
        smmu.write(Register.CMDQ_BASE, COMMANDS | 4);
        smmu.write(Register.EVENTQ_BASE, EVENTS | 2);
        smmu.write(Register.PRIQ_BASE, PAGE_REQUESTS | 1);
    }

    private RuleLog log() {
        return new RuleLog() {
            @Override
            public void decided(RuleId rule) {
                decided.add(rule);
            }

            @Override
            public void followed(RuleId rule) {
                decided.add(rule);
            }
        };
    }

    private SmmuParts parts() {
        return new SmmuParts((ids, memory, rules) -> new TranslationUnit(translation, translation), endpoints());
    }

    private Endpoints endpoints() {
        return new Endpoints() {
            @Override
            public boolean invalidate(Command.AtcInv invalidation) {
                atcInvalidations.add(invalidation);
                return !atcTimesOut;
            }

            @Override
            public void respond(PageResponse response) {
                responses.add(response);
            }
        };
    }

    static IdRegisters withIdr0(int set, int clear) {
        return new IdRegisters(FULL.idr0() & ~clear | set, FULL.idr1(), 0, FULL.idr3(), 0, FULL.idr5(), 0, FULL.aidr());
    }

    static IdRegisters withIdr1(int set, int clear) {
        return new IdRegisters(FULL.idr0(), FULL.idr1() & ~clear | set, 0, FULL.idr3(), 0, FULL.idr5(), 0, FULL.aidr());
    }

    static IdRegisters withIdr3(int set, int clear) {
        return new IdRegisters(FULL.idr0(), FULL.idr1(), 0, FULL.idr3() & ~clear | set, 0, FULL.idr5(), 0, FULL.aidr());
    }

    static IdRegisters withStallMax(int stallMax) {
        return new IdRegisters(
                FULL.idr0(), FULL.idr1(), 0, FULL.idr3(), 0, FULL.idr5() & 0xFFFF | stallMax << 16, 0, FULL.aidr());
    }

    Rig enable(long bits) {
        smmu.write(Register.CR0, bits);
        return this;
    }

    /** Puts a command into the slot of CMDQ_PROD, without publishing it. */
    void place(long slot, long dw0, long dw1) {
        memory.write64(COMMANDS + slot % 16 * 16, dw0);
        memory.write64(COMMANDS + slot % 16 * 16 + 8, dw1);
    }

    /** Publishes one command. */
    void command(long dw0, long dw1) {
        long prod = smmu.read(Register.CMDQ_PROD);
        place(prod, dw0, dw1);
        smmu.write(Register.CMDQ_PROD, prod + 1 & 0x1F);
    }

    void sync() {
        command(0x46, 0);
    }

    long cons() {
        return smmu.read(Register.CMDQ_CONS) & 0xFFFFF;
    }

    int commandError() {
        return (int) (smmu.read(Register.CMDQ_CONS) >>> 24 & 0x7F);
    }

    /** The conditions that are active. */
    long errors() {
        return smmu.read(Register.GERROR) ^ smmu.read(Register.GERRORN);
    }

    void acknowledgeErrors() {
        smmu.write(Register.GERRORN, smmu.read(Register.GERROR));
    }

    /** Takes the records that are queued, and acknowledges an overflow. */
    List<EventRecord> events() {
        List<EventRecord> taken = new ArrayList<>();
        long prod = smmu.read(Register.EVENTQ_PROD);
        for (long at = smmu.read(Register.EVENTQ_CONS) & 7; at != (prod & 7); at = at + 1 & 7) {
            taken.add(record(at & 3));
        }
        smmu.write(Register.EVENTQ_CONS, prod);
        return taken;
    }

    EventRecord record(long slot) {
        return EventRecord.fromBytes(memory.read(EVENTS + 32 * slot, 32));
    }

    /** Whether the last overflow of the event queue is not acknowledged. */
    boolean overflowed() {
        return ((smmu.read(Register.EVENTQ_PROD) ^ smmu.read(Register.EVENTQ_CONS)) & 0x8000_0000L) != 0;
    }

    DmaResult read(int streamId, long address) {
        return smmu.dma(Transaction.read(streamId, address), new byte[0], 4);
    }

    DmaResult write(int streamId, long address, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return smmu.dma(Transaction.write(streamId, address), data, data.length);
    }

    /** From now on the page faults in stage 1 and stalls. */
    void stallAt(long address) {
        faultAt(address, new FaultGovernance(true, false, true));
    }

    void faultAt(long address, FaultGovernance governance) {
        translation.set(address, FakeTranslation.refused(Fault.stage1(EventType.F_TRANSLATION, ANY_RULE), governance));
    }

    /** From now on the page has a configuration error, which is recorded. */
    void errorAt(long address, EventType type) {
        translation.set(
                address, FakeTranslation.refused(Fault.configuration(type, ANY_RULE), FaultGovernance.ALWAYS_RECORD));
    }

    /** From now on the page translates to itself. */
    void mapAt(long address) {
        translation.set(address, FakeTranslation.to(address & -4096));
    }

    /** CMD_RESUME. */
    void resume(int streamId, int stag, boolean retry, boolean abort) {
        command(0x44 | (retry ? 1 << 12 : 0) | (abort ? 1 << 13 : 0) | (long) streamId << 32, stag);
    }

    boolean decided(String rule) {
        return decided.contains(RuleId.of(rule));
    }
}
