package org.nestor.smmu.fault;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.fault.Stall.State;
import org.nestor.smmu.register.IdRegisters;

/**
 * The transactions that the SMMU holds: at most STALL_MAX stalled ones, and those that wait for one of these places.
 *
 * <p>This SMMU retries nothing early, suppresses no record as a duplicate, and gives each held transaction the lowest free STAG.
 *
 * @param <T> the transaction and what is needed to take it up again
 */
public class StalledTransactions<T> {
    private static final RuleId NO_ROOM = RuleId.of("A-STL-04");
    private static final RuleId RESUMED = RuleId.of("A-STL-05");
    private static final RuleId TERMINATED = RuleId.of("A-STL-07");
    private static final RuleId NO_MATCH = RuleId.of("A-STL-09");
    private static final RuleId STREAM_TERMINATED = RuleId.of("A-STL-11");
    private static final RuleId ALL_TERMINATED = RuleId.of("A-CTL-13");
    private static final RuleId BOTH_MATCH = RuleId.of("A-STL-03");
    private static final RuleId ONLY_STALLED = RuleId.of("A-STL-12");
    private static final RuleId NOT_WAITED_FOR = RuleId.of("A-SYN-03");
    private static final RuleId OUTDATED = RuleId.of("A-SYN-14");
    private static final RuleId ANSWERED_BEFORE = RuleId.of("A-STL-13");
    private static final int STAGS = 1 << 16;

    private final IdRegisters ids;
    private final RuleLog rules;
    /** By STAG, in order of arrival. */
    private final Map<Integer, Stall<T>> held = new LinkedHashMap<>();

    public StalledTransactions(IdRegisters ids, RuleLog rules) {
        this.ids = ids;
        this.rules = rules;
    }

    /**
     * Takes a transaction in, as one that waits.
     *
     * @throws IllegalStateException if all 65536 STAGs are in use
     */
    public Stall<T> hold(int streamId, T transaction) {
        Stall<T> stall = new Stall<>(streamId, freeStag(), transaction);
        held.put(stall.stag(), stall);
        return stall;
    }

    /** A value that names no held transaction: it is free again as soon as the stall it named was answered. */
    @Rule("A-STL-03")
    @Rule("A-STL-10")
    protected int freeStag() {
        int stag = 0;
        while (held.containsKey(stag)) {
            stag++;
        }
        if (stag >= STAGS) {
            throw new IllegalStateException("65536 transactions are held");
        }
        return stag;
    }

    /** The transaction has ended. */
    public void release(Stall<T> stall) {
        held.remove(stall.stag());
    }

    /** Whether the transaction, which faulted, becomes one of the stalled ones; if not, it waits. */
    @Rule("A-STL-04")
    @Rule("A-STL-20")
    public boolean enter(Stall<T> stall) {
        boolean room = hasRoomFor(stall);
        if (!room) {
            rules.decided(NO_ROOM);
            stall.become(State.WAITING);
        }
        return room;
    }

    /** Fewer than STALL_MAX others are stalled. */
    @Rule("A-STL-04")
    public boolean hasRoomFor(Stall<T> stall) {
        long others = held.values().stream()
                .filter(other -> other != stall && other.state() != State.WAITING)
                .count();
        return others < Math.max(1, ids.stallMax());
    }

    /**
     * CMD_RESUME.
     *
     * @param retry Ac
     * @param abort Ab
     */
    @Rule("A-STL-05")
    @Rule("A-STL-07")
    @Rule("A-SYN-04")
    public void resume(int streamId, int stag, boolean retry, boolean abort) {
        Optional<Stall<T>> found = Optional.ofNullable(held.get(stag)).filter(stall -> answers(stall, streamId));
        if (found.isEmpty()) {
            rules.decided(NO_MATCH);
            rules.followed(BOTH_MATCH, isOfOther(stag, streamId));
            rules.followed(ANSWERED_BEFORE, wasEnded(stag, streamId));
        } else if (retry) {
            rules.decided(RESUMED);
            found.get().become(State.RETRY);
        } else {
            rules.decided(TERMINATED);
            found.get().become(termination(abort));
        }
    }

    /** The STAG names a transaction of another stream. */
    private boolean isOfOther(int stag, int streamId) {
        Stall<T> stall = held.get(stag);
        return stall != null && stall.streamId() != streamId;
    }

    /** The transaction was ended before, by CMD_STALL_TERM or CMD_RESUME. */
    private boolean wasEnded(int stag, int streamId) {
        Stall<T> stall = held.get(stag);
        return stall != null && stall.streamId() == streamId && stall.state() == State.ABORT;
    }

    /**
     * Whether CMD_RESUME concerns the transaction: the StreamID must match too. One whose record software cannot have seen, or that
     * was answered before, is not affected, out of what is CONSTRAINED UNPREDICTABLE.
     */
    @Rule("A-STL-03")
    @Rule("A-STL-09")
    @Rule("A-STL-13")
    protected boolean answers(Stall<T> stall, int streamId) {
        return stall.streamId() == streamId && stall.state() == State.RECORDED;
    }

    /** RAZ/WI needs TERM_MODEL = 0; the stage that faulted has no part in it. */
    @Rule("A-STL-07")
    @Rule("A-STL-08")
    protected State termination(boolean abort) {
        return abort || ids.termModel() ? State.ABORT : State.RAZ_WI;
    }

    /** CMD_STALL_TERM: ends every transaction of the stream that is stalled now; a record not yet written is dropped. */
    @Rule("A-STL-11")
    @Rule("A-STL-12")
    @Rule("A-SYN-04")
    public void terminate(int streamId) {
        rules.decided(STREAM_TERMINATED);
        rules.followed(
                ONLY_STALLED,
                held.values().stream()
                        .anyMatch(stall -> stall.streamId() == streamId && stall.state() == State.WAITING));
        held.values().stream()
                .filter(stall -> stall.streamId() == streamId && stall.state() != State.WAITING)
                .forEach(stall -> stall.become(State.ABORT));
    }

    /** SMMUEN = 0 is acknowledged: everything held ends. */
    @Rule("A-CTL-13")
    public void terminateAll() {
        if (!held.isEmpty()) {
            rules.decided(ALL_TERMINATED);
        }
        held.values().forEach(stall -> stall.become(State.ABORT));
    }

    /**
     * A CMD_SYNC completes. It does not wait for stalled transactions, nor retry them; but a record that is not yet written must not
     * appear any more, and is replaced by what a retry gives once the queue is writable.
     */
    @Rule("A-SYN-03")
    @Rule("A-SYN-14")
    @Rule("A-EVQ-18")
    public void synchronise() {
        rules.followed(NOT_WAITED_FOR, !held.isEmpty());
        rules.followed(OUTDATED, held.values().stream().anyMatch(stall -> stall.state() == State.UNRECORDED));
        held.values().stream()
                .filter(stall -> stall.state() == State.UNRECORDED)
                .forEach(stall -> stall.become(State.OUTDATED));
    }

    /** All held transactions in order of arrival. */
    public List<Stall<T>> all() {
        return List.copyOf(held.values());
    }
}
