package org.nestor.allowed;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.nestor.allowed.CachedObject.RemovalRules;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.CoveredRange;
import org.nestor.smmu.tlb.InvalidationRules;

/**
 * The invalidation commands of a run: when each was published, and when software saw that it was complete. From that follows how old
 * the words may be that something cached was made of.
 */
public final class InvalidationLog {
    /** Commands remembered. To forget one allows more, so it raises no false alarm. */
    public static final int LIMIT = 1 << 14;

    private static final long INCOMPLETE = Long.MAX_VALUE;

    private final RemovalRules rules =
            new RemovalRules(new InvalidationRules(new CoveredRange()), new ConfigurationInvalidationRules());
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long published;

    /** One command. Its completion is filled in when it is seen. */
    static final class Entry {
        private final InvalidationCommand command;
        private final int vmidIgnoredBits;
        private final boolean e2h;
        private final long number;
        private final long publishedAt;
        private long completeAt = INCOMPLETE;

        Entry(InvalidationCommand command, int vmidIgnoredBits, boolean e2h, long number, long publishedAt) {
            this.command = command;
            this.vmidIgnoredBits = vmidIgnoredBits;
            this.e2h = e2h;
            this.number = number;
            this.publishedAt = publishedAt;
        }

        InvalidationCommand command() {
            return command;
        }

        int vmidIgnoredBits() {
            return vmidIgnoredBits;
        }

        boolean e2h() {
            return e2h;
        }
    }

    /**
     * A command can be consumed from this instant on.
     *
     * @param vmidIgnoredBits number of low VMID bits that matching ignores, by CR0.VMW
     * @param e2h CR2.E2H: the EL2 world that EL2 commands are about
     * @return its number, one more than that of the command before it
     */
    public long publish(InvalidationCommand command, int vmidIgnoredBits, boolean e2h, long at) {
        if (entries.size() == LIMIT) {
            entries.removeFirst();
        }
        published++;
        entries.addLast(new Entry(command, vmidIgnoredBits, e2h, published, at));
        return published;
    }

    /** Software has seen at this instant that a CMD_SYNC behind the command of this number, which was consumed, is complete. */
    @Rule("C-CMP-01")
    public void complete(long number, long at) {
        for (Iterator<Entry> newest = entries.descendingIterator(); newest.hasNext(); ) {
            Entry entry = newest.next();
            if (entry.number <= number) {
                if (entry.number == number) {
                    entry.completeAt = at;
                }
                return;
            }
        }
    }

    /** All caches are known to be empty, as after a reset. */
    public void clear() {
        entries.clear();
    }

    /**
     * How old a word may be that is used at an instant as part of a cached object, which was part of another, and so on: the earliest
     * instant at which the word can have been read. Whatever is made again after a removal is made of things as they were used then, so
     * the bound goes down from object to object; a command that must remove several of them removes them as one.
     *
     * @param chain the objects, from the one that is used to the one that holds the word
     * @return the instant, {@link WordVersions#NEVER} if nothing was removed
     */
    @Rule("C-CMP-02")
    @Rule("C-CMP-08")
    @Rule("C-INV-09")
    @Rule("C-INV-10")
    @Rule("C-INV-11")
    long oldestRead(List<CachedObject> chain, long usedAt) {
        long[] bounds = new long[chain.size() + 1];
        Arrays.fill(bounds, WordVersions.NEVER);
        bounds[0] = usedAt;
        for (int object = 1; object <= chain.size(); object++) {
            bounds[object] = bound(chain, object, bounds);
        }
        return bounds[chain.size()];
    }

    /** The latest publication of a command that removed the object, alone or with those around it, before it was used. */
    private long bound(List<CachedObject> chain, int object, long[] bounds) {
        for (Iterator<Entry> newest = entries.descendingIterator(); newest.hasNext(); ) {
            Entry entry = newest.next();
            int outermost = object;
            while (outermost >= 1 && chain.get(outermost - 1).removedBy(entry, rules)) {
                outermost--;
            }
            if (outermost < object && entry.completeAt <= bounds[outermost]) {
                return entry.publishedAt;
            }
        }
        return WordVersions.NEVER;
    }

    /** The command after which a word is too old that was used as part of these objects; the innermost is the one that it removed. */
    Optional<Closing> closing(List<CachedObject> chain, long usedAt) {
        long oldest = oldestRead(chain, usedAt);
        return entries.stream()
                .filter(entry -> entry.publishedAt == oldest && entry.completeAt != INCOMPLETE)
                .filter(entry -> chain.get(chain.size() - 1).removedBy(entry, rules))
                .map(entry -> new Closing(entry.number, entry.command, entry.publishedAt, entry.completeAt))
                .findFirst();
    }

    /**
     * An invalidation that is complete.
     *
     * @param number as of {@link #publish}
     * @param command what it says
     * @param publishedAt since when it could be consumed
     * @param completeAt when software saw that it was complete
     */
    public record Closing(long number, InvalidationCommand command, long publishedAt, long completeAt) {}
}
