package org.nestor.judge;

import org.nestor.protocol.Ats;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Interrupt;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleLog;

/**
 * Judges the exchanges of one implementation, in order. An instant of the judge's time is the number of an exchange.
 *
 * <p>It never calls a reply wrong that the architecture allows. Where it cannot follow any more what the SMMU may be doing, its
 * verdict is {@link Verdict.Indeterminate}, until a reset or until software sets up anew what was lost.
 */
public final class Judge {
    private final RuleLog rules;
    private Platform platform;
    private SmmuState smmu;
    private long now;

    private Judge(Platform platform, RuleLog rules) {
        this.platform = platform;
        this.rules = rules;
        this.smmu = new SmmuState(platform, rules, now);
    }

    /** A judge of an implementation in its power-on state. */
    public static Judge of(Platform platform) {
        return of(platform, RuleLog.NONE);
    }

    /** The same, which tells a log which rules it decides by. */
    public static Judge of(Platform platform, RuleLog rules) {
        return new Judge(platform, rules);
    }

    /** The number of the last exchange, from 1 on. */
    public long exchange() {
        return now;
    }

    /** Judges the next exchange. */
    public Verdict judge(Request request, Reply reply) {
        now++;
        Verdict verdict = follow(request, reply);
        boolean open = verdict instanceof Verdict.Diverges && smmu.doubts.about(Doubts.Area.EVERYTHING);
        return open ? smmu.doubts.verdict(Doubts.Area.EVERYTHING) : verdict;
    }

    private Verdict follow(Request request, Reply reply) {
        if (reply instanceof Reply.Failure failure) {
            return failed(failure);
        }
        if (request instanceof Request.MemWrite write) {
            smmu.memoryJudge.written(write.addr(), write.data(), now);
            smmu.stalls.changed(now);
            return Verdict.CONFORMS;
        } else if (request instanceof Request.RegWrite write) {
            smmu.registers.write(write.reg(), write.value(), now);
            smmu.stalls.changed(now);
            return Verdict.CONFORMS;
        } else if (request instanceof Request.Dma dma && reply instanceof Reply.Dma end) {
            return dma.ats() == Ats.REQUEST ? smmu.ats.judge(dma, end, now) : smmu.dmas.judge(dma, end, now);
        } else if (request instanceof Request.RegRead read && reply instanceof Reply.Value value) {
            return smmu.registers.read(read.reg(), value.value(), now);
        } else if (request instanceof Request.MemRead read && reply instanceof Reply.Data data) {
            return smmu.memoryJudge.read(read.addr(), data.data(), now);
        } else if (request instanceof Request.Events && reply instanceof Reply.Events events) {
            return events(events);
        }
        return rare(request, reply);
    }

    private Verdict rare(Request request, Reply reply) {
        if (request instanceof Request.Step && reply instanceof Reply.Stepped step) {
            return step(step);
        } else if (request instanceof Request.Irqs && reply instanceof Reply.Irqs irqs) {
            return interrupts(irqs);
        } else if (request instanceof Request.PageRequest page && reply instanceof Reply.PageRequest end) {
            return smmu.pageRequests.judge(page, end, now);
        } else if (request instanceof Request.Reset reset) {
            platform = platform.with(reset.idr());
            smmu = new SmmuState(platform, rules, now);
        } else if (reply instanceof Reply.Introduction hello) {
            introduced(Platform.of(hello));
        }
        return Verdict.CONFORMS;
    }

    /** A request that was refused has changed nothing. */
    private static Verdict failed(Reply.Failure failure) {
        boolean ended = failure.code() == ErrorCode.DIED || failure.code() == ErrorCode.HUNG;
        return ended ? new Verdict.Indeterminate(failure.message()) : Verdict.CONFORMS;
    }

    /** Before anything else has happened, {@code hello} tells what is judged; later it repeats it. */
    private void introduced(Platform told) {
        if (!told.equals(platform)) {
            platform = told;
            smmu = new SmmuState(platform, rules, now);
        }
    }

    private Verdict events(Reply.Events reply) {
        return smmu.events.take(reply.events(), reply.overflow(), now);
    }

    private Verdict step(Reply.Stepped step) {
        smmu.becomeIdle(now);
        Verdict verdict = smmu.stalls.step(step.completed(), now);
        smmu.remainIdle(now);
        return verdict;
    }

    private Verdict interrupts(Reply.Irqs irqs) {
        Verdict verdict = smmu.interrupts.judge(irqs.irqs(), now);
        if (irqs.irqs().contains(Interrupt.CMDQ_SYNC)) {
            smmu.commands.signalled(now);
        }
        return verdict;
    }
}
