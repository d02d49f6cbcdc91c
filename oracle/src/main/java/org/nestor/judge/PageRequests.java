package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.allowed.MemoryHistory;
import org.nestor.oracle.Transactions;
import org.nestor.protocol.PageRequestResult;
import org.nestor.protocol.PageResponseCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.queue.PriQueue;
import org.nestor.smmu.register.Enable;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterLayouts;
import org.nestor.smmu.transaction.PageRequest;

/** The PRI queue. What became of a request is known from its reply; PROD may show it later. */
final class PageRequests {
    private static final long SMMUEN = Enable.SMMUEN.field().mask();
    private static final long PRIQEN = Enable.PRIQEN.field().mask();
    private static final long OVFLG =
            RegisterLayouts.OUTPUT_QUEUE_PROD.field("OVFLG").mask();
    private static final long LAST_ONLY =
            RegisterLayouts.PRIQ_IRQ_CFG2.field("LO").mask();
    private static final RuleId QUEUED = RuleId.of("A-PRI-01");
    private static final RuleId LOST = RuleId.of("A-PRI-02");
    private static final RuleId REFUSED = RuleId.of("A-PRI-03");
    private static final RuleId ACKNOWLEDGED = RuleId.of("A-PRI-06");
    private static final RuleId UNACKNOWLEDGED = RuleId.of("A-PRI-07");
    private static final RuleId INEFFECTIVE = RuleId.of("A-CTL-12");

    private final Platform platform;
    private final MemoryHistory memory;
    private final RegisterValues registers;
    private final AcknowledgedBits control;
    private final ErrorRegister errors;
    private final Interrupts interrupts;
    private final QueueRing ring;
    private final Doubts doubts;
    private final RuleLog rules;
    private final List<byte[]> hidden = new ArrayList<>();
    private int taken;
    private int shown;
    private int written;
    private long overflowFlag;
    private long overflowBefore;
    private long acknowledgedFlag;

    PageRequests(
            Platform platform,
            MemoryHistory memory,
            RegisterValues registers,
            AcknowledgedBits control,
            ErrorRegister errors,
            Interrupts interrupts,
            QueueRing ring,
            Doubts doubts,
            RuleLog rules) {
        this.platform = platform;
        this.memory = memory;
        this.registers = registers;
        this.control = control;
        this.errors = errors;
        this.interrupts = interrupts;
        this.ring = ring;
        this.doubts = doubts;
        this.rules = rules;
    }

    /** A reply to {@code pri}. */
    @Rule("A-CTL-12")
    @Rule("A-PRI-01")
    @Rule("A-PRI-02")
    @Rule("A-PRI-03")
    @Rule("A-PRI-07")
    Verdict judge(Request.PageRequest request, Reply.PageRequest reply, long at) {
        if (doubts.about(Doubts.Area.PAGE_REQUESTS)) {
            return doubts.verdict(Doubts.Area.PAGE_REQUESTS);
        }
        PageRequest page = Transactions.of(request);
        List<String> allowed = new ArrayList<>();
        boolean refused = mayBeRefused() && refusal(page, reply, allowed);
        boolean on = control.maybeSet(PRIQEN) && control.maybeSet(SMMUEN);
        boolean full = ring.distance(taken, written) >= ring.entries();
        boolean lost = on && (full || overflowFlag != acknowledgedFlag) && loss(page, reply, allowed);
        boolean room = on && !full && overflowFlag == acknowledgedFlag;
        if (room) {
            allowed.add("queued");
        }
        if (room && !platform.answers(ring.firstByte(), ring.bytes())) {
            interrupts.error(GlobalError.PRIQ_ABT_ERR, false, at);
            doubts.raise(Doubts.Area.PAGE_REQUESTS, "the PRI queue is not wholly in memory");
            return doubts.verdict(Doubts.Area.PAGE_REQUESTS);
        }
        if (reply.result() == PageRequestResult.QUEUED && room) {
            rules.decided(QUEUED);
            queue(page, at);
            return Verdict.CONFORMS;
        }
        rules.followed(REFUSED, refused);
        rules.followed(INEFFECTIVE, refused && control.certainlySet(PRIQEN) && control.certainlyClear(SMMUEN));
        rules.followed(LOST, lost);
        rules.followed(UNACKNOWLEDGED, lost && !full);
        if (lost) {
            lose(page, at);
        }
        return refused || lost ? Verdict.CONFORMS : wrong(reply, allowed);
    }

    private boolean mayBeRefused() {
        return control.maybeClear(PRIQEN) || control.maybeClear(SMMUEN) || errors.maybeActive(GlobalError.PRIQ_ABT_ERR);
    }

    private static boolean refusal(PageRequest page, Reply.PageRequest reply, List<String> allowed) {
        allowed.add("response failure");
        return page.isStopMarker() && reply.result() == PageRequestResult.DROPPED
                || reply.code().equals(Optional.of(PageResponseCode.FAILURE));
    }

    private boolean loss(PageRequest page, Reply.PageRequest reply, List<String> allowed) {
        boolean silent = !page.last() || page.isStopMarker();
        allowed.add(silent ? "dropped" : "response success");
        if (silent) {
            return reply.result() == PageRequestResult.DROPPED;
        }
        boolean unreadable =
                page.ssv() && !platform.ids().pps() && reply.code().equals(Optional.of(PageResponseCode.FAILURE));
        return unreadable || reply.code().equals(Optional.of(PageResponseCode.SUCCESS));
    }

    private void queue(PageRequest page, long at) {
        boolean first = written == taken;
        byte[] entry = PriQueue.entry(page).toBytes();
        memory.mayWrite(ring.address(written), entry, at);
        hidden.add(entry);
        registers.set(Register.PRIQ_PROD, 0, 0);
        written = ring.position(written + 1);
        boolean lastOnly = (registers.get(Register.PRIQ_IRQ_CFG2) & LAST_ONLY) != 0;
        boolean sure = (lastOnly ? page.last() : first) && !mayBeRefused();
        interrupts.cause(InterruptSource.PRIQ, sure, at);
    }

    private void lose(PageRequest page, long at) {
        overflowBefore = overflowFlag;
        if (overflowFlag == acknowledgedFlag) {
            overflowFlag ^= OVFLG;
        }
        if (page.last()) {
            interrupts.cause(InterruptSource.PRIQ, false, at);
        }
    }

    private static Verdict wrong(Reply.PageRequest reply, List<String> allowed) {
        return Finding.of(
                        "page request: " + words(reply) + " where only " + String.join(" or ", allowed) + " is allowed",
                        QUEUED,
                        LOST,
                        REFUSED)
                .observed(words(reply))
                .allowed(allowed)
                .verdict();
    }

    private static String words(Reply.PageRequest reply) {
        return reply.result().wire()
                + reply.code().map(code -> " " + code.wire()).orElse("");
    }

    /** Whether entries may be where memory was not told of. */
    boolean imprecise() {
        return doubts.about(Doubts.Area.PAGE_REQUESTS);
    }

    /** PRIQ_PROD was read. */
    Verdict readProduced(long value, long at) {
        if (doubts.about(Doubts.Area.PAGE_REQUESTS)) {
            return doubts.verdict(Doubts.Area.PAGE_REQUESTS);
        }
        int position = ring.position(value);
        int more = ring.distance(shown, position);
        boolean flag = (value & OVFLG) == overflowFlag || (value & OVFLG) == overflowBefore;
        if (more > ring.distance(shown, written) || !flag) {
            return Finding.of("PRIQ_PROD does not follow the page requests", QUEUED, LOST)
                    .observed("PRIQ_PROD = " + Hex.of(value))
                    .allowed("WR from " + Hex.of(shown) + " to " + Hex.of(written) + ", OVFLG = "
                            + (overflowFlag == 0 ? 0 : 1))
                    .verdict();
        }
        for (int i = 0; i < more; i++) {
            memory.write(ring.address(shown + i), hidden.remove(0), at);
        }
        shown = position;
        overflowBefore = value & OVFLG;
        return Verdict.CONFORMS;
    }

    /** PRIQ_CONS was written. */
    @Rule("A-PRI-06")
    void consumed() {
        int position = ring.position(registers.get(Register.PRIQ_CONS));
        if (ring.distance(taken, position) > ring.distance(taken, written)) {
            doubts.raise(
                    Doubts.Area.EVERYTHING,
                    "PRIQ_CONS was set to " + Hex.of(position)
                            + ", beyond PRIQ_PROD (A-EVQ-12), so that entries may be anywhere");
            return;
        }
        int unseen = ring.distance(taken, position) - ring.distance(taken, shown);
        if (unseen > 0) {
            // Each is in memory or still to come, as memory was told of when it was queued.
            hidden.subList(0, unseen).clear();
            shown = position;
        }
        taken = position;
        long flag = registers.get(Register.PRIQ_CONS) & OVFLG;
        rules.followed(ACKNOWLEDGED, flag != acknowledgedFlag);
        acknowledgedFlag = flag;
    }

    /** Software wrote PRIQ_BASE or PRIQ_PROD. */
    void moved() {
        if (registers.doubtful(Register.PRIQ_BASE) || registers.doubtful(Register.PRIQ_PROD)) {
            doubts.raise(
                    Doubts.Area.PAGE_REQUESTS,
                    "PRIQ_BASE or PRIQ_PROD was written while PRIQEN may have been 1 (A-REG-13)");
            return;
        }
        if (control.certainlyClear(PRIQEN)) {
            doubts.settle(Doubts.Area.PAGE_REQUESTS);
            written = ring.position(registers.get(Register.PRIQ_PROD));
            shown = written;
            taken = ring.position(registers.get(Register.PRIQ_CONS));
            overflowFlag = registers.get(Register.PRIQ_PROD) & OVFLG;
            overflowBefore = overflowFlag;
            acknowledgedFlag = registers.get(Register.PRIQ_CONS) & OVFLG;
            hidden.clear();
        }
    }

    /** Everything queued shows by now. */
    void becomeIdle(long at) {
        for (byte[] entry : hidden) {
            memory.write(ring.address(shown), entry, at);
            shown = ring.position(shown + 1);
        }
        hidden.clear();
        overflowBefore = overflowFlag;
    }
}
