package org.nestor.smmu.queue;

import org.nestor.rule.Rule;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/**
 * Which records are merged into an equal one that the queue already holds. Merging is never mandatory.
 *
 * <p>Records are equal for this purpose if all their bits are, InputAddr[11:0] apart. "Close in time" is read as: nothing was
 * written in between, and software has not consumed the earlier record.
 */
public class EventMerging {
    private static final long PAGE_OFFSET = 0xFFF;

    private final boolean active;

    /**
     * Decides whether to merge at all.
     *
     * @param active false: every fault has its own record
     */
    public EventMerging(boolean active) {
        this.active = active;
    }

    /** The default: records are never merged. */
    public static EventMerging never() {
        return new EventMerging(false);
    }

    /** Records are merged whenever that is allowed. */
    public static EventMerging whenAllowed() {
        return new EventMerging(true);
    }

    /**
     * Whether a new record may be dropped in favour of the last one.
     *
     * @param mev STE.MEV of the stream
     */
    @Rule("A-MEV-02")
    @Rule("A-MEV-06")
    public boolean merges(EventRecord last, EventRecord record, boolean mev) {
        return active && mergeable(record, mev) && sameButForOffset(last, record);
    }

    /** The stream asks for it, or the type is merged for every stream; never a stall record. */
    @Rule("A-MEV-01")
    @Rule("A-MEV-03")
    @Rule("A-MEV-04")
    protected boolean mergeable(EventRecord record, boolean mev) {
        return record.type()
                .map(type -> type.isTranslationRelated() ? mev && !record.stall() : mev || mergeableAlways(type))
                .orElse(false);
    }

    @Rule("A-MEV-04")
    protected boolean mergeableAlways(EventType type) {
        return switch (type) {
            case F_UUT, C_BAD_STREAMID, F_STE_FETCH, C_BAD_STE -> true;
            default -> false;
        };
    }

    @Rule("A-MEV-05")
    protected boolean sameButForOffset(EventRecord last, EventRecord record) {
        return last.dw0() == record.dw0()
                && last.dw1() == record.dw1()
                && (last.dw2() & ~PAGE_OFFSET) == (record.dw2() & ~PAGE_OFFSET)
                && last.dw3() == record.dw3();
    }
}
