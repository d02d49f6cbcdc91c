package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nestor.judge.Held.Answer;
import org.nestor.memory.Bytes;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.Transaction;

/** The stalled transactions: what software answered, and whether each ended as it may. */
final class Stalls {
    private static final RuleId TAGS = RuleId.of("A-STL-03");
    private static final RuleId RETRY = RuleId.of("A-STL-05");
    private static final RuleId TERMINATE = RuleId.of("A-STL-07");
    private static final RuleId DISABLED = RuleId.of("A-CTL-13");
    private static final RuleId UNANSWERED = RuleId.of("A-STL-02");
    private static final RuleId REUSED_TAG = RuleId.of("A-STL-10");
    private static final RuleId NO_ROOM = RuleId.of("A-STL-04");
    private static final RuleId DUPLICATE = RuleId.of("A-STL-20");
    private static final RuleId UNASKED_RETRY = RuleId.of("A-STL-14");
    private static final RuleId NO_MATCH = RuleId.of("A-STL-09");
    private static final RuleId STREAM_ENDED = RuleId.of("A-STL-11");
    private static final RuleId RAZ_WI = RuleId.of("A-STL-08");
    private static final RuleId STALLS_AGAIN = RuleId.of("A-STL-06");
    private static final RuleId WHEN_CONSUMED = RuleId.of("A-SYN-04");

    private final IdRegisters ids;
    private final Doubts doubts;
    private long lastChange;
    private final Supplier<DmaJudge> dmas;
    private final Supplier<Events> events;
    private final RuleLog rules;
    private final List<Held> held = new ArrayList<>();
    private long lastStep;

    Stalls(IdRegisters ids, Doubts doubts, Supplier<DmaJudge> dmas, Supplier<Events> events, RuleLog rules) {
        this.ids = ids;
        this.doubts = doubts;
        this.dmas = dmas;
        this.events = events;
        this.rules = rules;
    }

    /** Memory or a register was written: retries that nobody asked for may succeed from now on. */
    void changed(long at) {
        lastChange = at;
    }

    /** A DMA stalls. Returns false if its STAG names another one, which nothing can have ended meanwhile. */
    @Rule("A-STL-03")
    @Rule("A-STL-10")
    boolean hold(Request.Dma request, Transaction transaction, int stag, Optional<Bytes> picked, long at) {
        boolean taken = held.stream()
                .anyMatch(one -> one.transaction.streamId() == transaction.streamId()
                        && one.stag == stag
                        && one.possible.isEmpty()
                        && one.since > lastChange);
        rules.followed(REUSED_TAG, held.stream().anyMatch(one -> one.stag == stag));
        held.add(new Held(request, transaction, stag, picked, at));
        return !taken;
    }

    /** Whether all places for stalled transactions may be taken. */
    @Rule("A-STL-04")
    boolean mayWait() {
        return held.size() >= Math.max(1, ids.stallMax());
    }

    /** Whether a stall need not be recorded now: it waits, or another record stands for it. */
    @Rule("A-STL-20")
    boolean mayGoUnrecorded(Transaction transaction) {
        boolean duplicate = held.stream().anyMatch(one -> one.duplicates(transaction));
        rules.followed(NO_ROOM, mayWait());
        rules.followed(DUPLICATE, duplicate);
        return mayWait() || duplicate;
    }

    /**
     * Stalled writes that were retried, as software asked for or unasked, may have reached memory. Returns whether there are such.
     */
    @Rule("A-STL-05")
    @Rule("A-STL-14")
    boolean land(long at) {
        boolean landed = false;
        for (Held one : held) {
            boolean retried = one.possible.contains(Answer.RETRY) || lastChange > one.since;
            if (one.transaction.isWrite() && one.request.data().isPresent() && retried) {
                dmas.get().mayHaveLanded(one.transaction, one.request.data().get(), begin(one), at);
                landed = true;
            }
        }
        return landed;
    }

    /** When the latest try of a stalled transaction may have begun. */
    private long begin(Held one) {
        return Math.max(one.since, lastStep);
    }

    /** A stall record was seen. */
    void recorded(EventRecord record) {
        List<Held> meant = held.stream()
                .filter(one -> one.mayBe(record.streamId(), record.stag()) && one.covers(record.dw2()))
                .toList();
        for (Held one : meant) {
            one.recorded.add(record.stag());
            one.certainlyRecorded |= meant.size() == 1;
        }
    }

    /** From now on the command may be executed. */
    @Rule("A-STL-05")
    @Rule("A-STL-07")
    @Rule("A-STL-09")
    @Rule("A-STL-11")
    @Rule("A-STL-20")
    void mayAnswer(Command command, long at) {
        if (command instanceof Command.Resume resume) {
            rules.followed(NO_MATCH, held.stream().noneMatch(one -> one.mayBe(resume.streamId(), resume.stag())));
            for (Held one : List.copyOf(held)) {
                if (one.mayBe(resume.streamId(), resume.stag())) {
                    answer(one, answer(resume), at);
                    held.stream()
                            .filter(other -> other != one && other.duplicates(one.transaction))
                            .forEach(other -> answer(other, Answer.RETRY, at));
                }
            }
        } else if (command instanceof Command.StallTerm term) {
            rules.decided(STREAM_ENDED);
            held.stream()
                    .filter(one -> one.transaction.streamId() == term.streamId())
                    .forEach(one -> answer(one, Answer.ABORT, at));
        }
    }

    private void answer(Held one, Answer answer, long at) {
        one.possible.add(answer);
        if (answer == Answer.RETRY || one.hasSeveralParts()) {
            one.retried = true;
            ExpectedRecord record = ExpectedRecord.anything(one.transaction.streamId(), RETRY);
            events.get().expect(new Obligation(List.of(record), 0, one.request.len(), false, true, at), at);
        }
    }

    private Answer answer(Command.Resume resume) {
        if (resume.retry()) {
            return Answer.RETRY;
        }
        return resume.abort() || ids.termModel() ? Answer.ABORT : Answer.RAZ_WI;
    }

    /** The command was consumed. */
    @Rule("A-SYN-03")
    @Rule("A-SYN-04")
    void answered(Command command, long at) {
        if (command instanceof Command.Resume resume) {
            List<Held> meant = held.stream()
                    .filter(one -> one.certainlyIs(resume.streamId(), resume.stag()))
                    .toList();
            if (meant.size() == 1
                    && meant.get(0).possible.size() == 1
                    && meant.get(0).certain.isEmpty()) {
                rules.decided(WHEN_CONSUMED);
                meant.get(0).certain = Optional.of(answer(resume));
            }
        }
    }

    /** SMMUEN may have become 0. */
    @Rule("A-CTL-13")
    void disabled(boolean certain) {
        rules.followed(DISABLED, !held.isEmpty());
        for (Held one : held) {
            one.possible.add(Answer.ABORT);
            if (certain) {
                one.certain = Optional.of(Answer.ABORT);
            }
        }
    }

    /** A {@code step} reply. */
    Verdict step(List<Reply.Dma> completed, long at) {
        if (doubts.about(Doubts.Area.STALLS)) {
            held.clear();
            return doubts.verdict(Doubts.Area.STALLS);
        }
        Verdict verdict = Verdict.CONFORMS;
        for (Reply.Dma end : completed) {
            Verdict one = ended(end, at);
            verdict = worse(verdict, one);
        }
        Verdict left = left();
        lastStep = at;
        return worse(verdict, left);
    }

    private static Verdict worse(Verdict first, Verdict second) {
        return first == Verdict.CONFORMS || first instanceof Verdict.Indeterminate && second instanceof Verdict.Diverges
                ? second
                : first;
    }

    private Verdict ended(Reply.Dma end, long at) {
        int stag = end.stag().orElse(0);
        List<Held> meant = held.stream().filter(one -> one.stag == stag).toList();
        if (meant.isEmpty()) {
            return Finding.of("a transaction ends that was not stalled", TAGS)
                    .observed("STAG " + Hex.of(stag) + ": " + end.result().wire())
                    .allowed("the end of a stalled transaction: "
                            + held.stream().map(one -> Hex.of(one.stag)).toList())
                    .verdict();
        }
        Verdict verdict = Verdict.CONFORMS;
        for (Held one : meant) {
            verdict = ended(one, end, at);
            if (verdict == Verdict.CONFORMS || one == meant.get(meant.size() - 1)) {
                held.remove(one);
                events.get().stallEnded(one.since);
                return verdict;
            }
        }
        return verdict;
    }

    @Rule("A-STL-05")
    @Rule("A-STL-08")
    @Rule("A-STL-14")
    private Verdict ended(Held one, Reply.Dma end, long at) {
        boolean abort = end.result() == DmaResult.ABORT && one.possible.contains(Answer.ABORT);
        boolean ignored = end.result() == DmaResult.RAZWI && one.possible.contains(Answer.RAZ_WI);
        if (abort || ignored) {
            rules.decided(TERMINATE);
            rules.followed(RAZ_WI, ignored);
            return Verdict.CONFORMS;
        }
        boolean mayTerminate = one.possible.contains(Answer.RETRY)
                || one.possible.contains(Answer.RAZ_WI) && one.hasSeveralParts()
                || !one.certainlyRecorded;
        if (end.result() != DmaResult.OK && !mayTerminate) {
            return Finding.of(
                            "a stalled transaction ends with " + end.result().wire() + " unasked",
                            UNANSWERED,
                            TERMINATE)
                    .observed("STAG " + Hex.of(one.stag) + " of exchange " + one.since + ": "
                            + end.result().wire())
                    .allowed("it stays stalled, or succeeds in an early retry")
                    .because(
                            one.possible.isEmpty()
                                    ? "software has not answered it"
                                    : "software answered it with " + one.possible)
                    .verdict();
        }
        rules.decided(one.possible.contains(Answer.RETRY) ? RETRY : UNASKED_RETRY);
        long begin = begin(one);
        List<Part> parts = dmas.get().parts(one.transaction, one.request.len(), begin);
        Request.Dma request = one.request;
        Reply.Dma reply = end.data().isPresent() || one.picked.isEmpty() ? end : withData(end, one.picked);
        return dmas.get().judgeEnd(parts, begin, request, reply, at);
    }

    private static Reply.Dma withData(Reply.Dma end, Optional<Bytes> data) {
        return new Reply.Dma(end.result(), end.pa(), data, end.attrs(), end.stag(), end.permissions(), end.size());
    }

    /** Those that must have ended by now. */
    private Verdict left() {
        for (Held one : List.copyOf(held)) {
            Optional<Answer> certain = one.certain;
            if (certain.isEmpty()) {
                continue;
            }
            boolean late = switch (certain.get()) {
                case ABORT -> true;
                case RAZ_WI -> !one.hasSeveralParts() || mustSucceed(one);
                case RETRY -> mustSucceed(one);
            };
            if (late) {
                held.remove(one);
                return Finding.of(
                                "a stalled transaction does not end",
                                certain.get() == Answer.RETRY ? RETRY : TERMINATE,
                                DISABLED)
                        .observed("STAG " + Hex.of(one.stag) + " of exchange " + one.since + " is still stalled")
                        .allowed("its end, as software answered it with " + certain.get())
                        .verdict();
            }
            one.certain = Optional.empty();
            one.possible.clear();
        }
        return Verdict.CONFORMS;
    }

    /** Whether the retry that software asked for cannot have stalled again. */
    @Rule("A-STL-06")
    private boolean mustSucceed(Held one) {
        List<Part> parts = dmas.get().parts(one.transaction, one.request.len(), begin(one));
        boolean must = parts.stream()
                .allMatch(part ->
                        part.open().isEmpty() && part.of(Ending.Kind.STALL).isEmpty());
        rules.followed(STALLS_AGAIN, !must);
        return must;
    }
}
