package org.nestor.judge;

import java.util.Optional;
import org.nestor.judge.CommandReading.Legality;
import org.nestor.judge.CommandReading.Reading;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.format.CommandRecord;

/** An entry of the command queue that the SMMU may consume, or may have consumed. */
final class PublishedCommand {
    private final CommandRecord record;
    private final long published;
    private final boolean fetchAborts;
    private final boolean binding;
    private Legality legality;
    private boolean reached;
    private Optional<Command> command;
    /** Its number in the invalidation log, 0 if it is not there. */
    private long invalidation;

    private PublishedCommand(CommandRecord record, Reading reading, boolean fetchAborts, long published) {
        this.record = record;
        this.published = published;
        this.fetchAborts = fetchAborts;
        this.binding = reading.binding();
        this.legality = reading.legality();
        this.command = reading.command();
    }

    static PublishedCommand of(CommandRecord record, Reading reading, long published) {
        return new PublishedCommand(record, reading, false, published);
    }

    /** An entry outside memory: CERROR_ABT. */
    static PublishedCommand unreadable(long published) {
        Reading reading = new Reading(Legality.ILLEGAL, Optional.empty(), false);
        return new PublishedCommand(new CommandRecord(0, 0), reading, true, published);
    }

    /** Software changed the entry while the SMMU may not have fetched it: what it does is open. */
    void rewritten() {
        legality = Legality.EITHER;
        command = Optional.empty();
        invalidation = 0;
    }

    /** A CMD_SYNC that may wait for endpoints, and fail with CERROR_ATC_INV_SYNC. */
    void mayTimeOut() {
        legality = Legality.EITHER;
    }

    /** The SMMU may come to it from now on. Returns whether that is new. */
    boolean reach() {
        boolean first = !reached;
        reached = true;
        return first;
    }

    /** Whether what it removes must be removed. */
    boolean binding() {
        return binding;
    }

    void number(long inLog) {
        invalidation = inLog;
    }

    long invalidation() {
        return invalidation;
    }

    CommandRecord record() {
        return record;
    }

    long published() {
        return published;
    }

    boolean fetchAborts() {
        return fetchAborts;
    }

    Legality legality() {
        return legality;
    }

    Optional<Command> command() {
        return command;
    }

    boolean isSync() {
        return command.isPresent() && command.get() instanceof Command.Sync;
    }

    String name() {
        return fetchAborts
                ? "an entry outside memory"
                : record.command().map(Enum::name).orElseGet(() -> "opcode " + Hex.of(record.opcode()));
    }
}
