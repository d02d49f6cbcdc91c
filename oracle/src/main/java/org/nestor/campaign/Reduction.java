package org.nestor.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.commons.lang3.ArrayUtils;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Limits;
import org.nestor.protocol.Request;

/**
 * Leaves out requests, each by itself, in chunks and two by two, and makes one of two writes that follow each other, as long as the
 * case stays one: delta debugging where operands are fixed.
 */
final class Reduction {
    /** Beyond the set-up; with more requests, pairs are too many. */
    private static final int PAIRS_UP_TO = 20;

    private final Predicate<List<Request.Architectural>> stillFails;
    private final int setup;
    private int replaysLeft;
    private List<Request.Architectural> best;

    /**
     * Begins with a case that fails.
     *
     * @param setup how many requests at the beginning stay
     * @param replayCap how often {@code stillFails} may be asked
     */
    private Reduction(
            List<Request.Architectural> requests,
            int setup,
            Predicate<List<Request.Architectural>> stillFails,
            int replayCap) {
        this.best = requests;
        this.setup = setup;
        this.stillFails = stillFails;
        this.replaysLeft = replayCap;
    }

    /** The smallest case found; the arguments are those of the constructor. */
    static List<Request.Architectural> of(
            List<Request.Architectural> requests,
            int setup,
            Predicate<List<Request.Architectural>> stillFails,
            int replayCap) {
        Reduction reduction = new Reduction(requests, setup, stillFails, replayCap);
        boolean smaller = true;
        while (smaller && reduction.replaysLeft > 0) {
            smaller = reduction.chunks();
            smaller |= reduction.joins();
            smaller = smaller || reduction.pairs();
        }
        return reduction.best;
    }

    /** From the end, since what comes after what matters goes most easily. */
    private boolean chunks() {
        int before = best.size();
        for (int chunk = Integer.highestOneBit(Math.max(1, best.size() - setup)); chunk >= 1; chunk /= 2) {
            for (int at = best.size() - chunk; at >= setup && replaysLeft > 0; at -= chunk) {
                List<Request.Architectural> candidate = new ArrayList<>(best.subList(0, at));
                candidate.addAll(best.subList(Math.min(at + chunk, best.size()), best.size()));
                improves(candidate);
            }
        }
        return best.size() < before;
    }

    /** Whether the candidate is a case, which is then the best. */
    private boolean improves(List<Request.Architectural> candidate) {
        if (replaysLeft == 0) {
            return false;
        }
        replaysLeft--;
        if (!stillFails.test(candidate)) {
            return false;
        }
        best = candidate;
        return true;
    }

    /** Two requests that only together can be left out, such as a change and the one that undoes it. */
    private boolean pairs() {
        if (best.size() - setup > PAIRS_UP_TO) {
            return false;
        }
        for (int second = best.size() - 1; second > setup; second--) {
            for (int first = second - 1; first >= setup; first--) {
                List<Request.Architectural> candidate = new ArrayList<>(best);
                candidate.remove(second);
                candidate.remove(first);
                if (improves(candidate)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Writes to adjacent memory, such as those of commands that are published together. */
    private boolean joins() {
        int before = best.size();
        for (int at = best.size() - 2; at >= setup; at--) {
            Optional<Request.MemWrite> both = joined(best.get(at), best.get(at + 1));
            if (both.isPresent()) {
                List<Request.Architectural> candidate = new ArrayList<>(best);
                candidate.set(at, both.get());
                candidate.remove(at + 1);
                improves(candidate);
            }
        }
        return best.size() < before;
    }

    private static Optional<Request.MemWrite> joined(Request.Architectural one, Request.Architectural next) {
        if (one instanceof Request.MemWrite first
                && next instanceof Request.MemWrite second
                && first.addr() + first.data().length() == second.addr()
                && first.data().length() + second.data().length() <= Limits.TRANSFER_BYTES) {
            byte[] data =
                    ArrayUtils.addAll(first.data().toArray(), second.data().toArray());
            return Optional.of(new Request.MemWrite(first.addr(), Bytes.of(data), Request.MemWrite.Form.DATA));
        }
        return Optional.empty();
    }
}
