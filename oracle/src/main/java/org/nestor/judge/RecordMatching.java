package org.nestor.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Decides whether records that several obligations may have left can be shared out among them: a bipartite matching, by augmenting
 * paths. If all records can be placed, and all obligations that ask for one served, both can be had at once (Mendelsohn and Dulmage),
 * so that the two questions are asked one after the other.
 */
final class RecordMatching {
    private final List<SeenRecord> records;
    private final List<Obligation> obligations;

    RecordMatching(List<SeenRecord> records, List<Obligation> obligations) {
        this.records = records;
        this.obligations = obligations;
    }

    /** A record for which there is no place when those before it have theirs; empty if each has one. */
    Optional<SeenRecord> withoutPlace() {
        List<List<Integer>> placed = noneYet();
        for (int i = 0; i < records.size(); i++) {
            if (!place(i, placed, new boolean[obligations.size()])) {
                return Optional.of(records.get(i));
            }
        }
        return Optional.empty();
    }

    /** The obligations that have room for more when every record has its place that can have one. */
    List<Obligation> free() {
        List<List<Integer>> placed = noneYet();
        for (int i = 0; i < records.size(); i++) {
            place(i, placed, new boolean[obligations.size()]);
        }
        List<Obligation> free = new ArrayList<>();
        for (int o = 0; o < obligations.size(); o++) {
            if (placed.get(o).size() < obligations.get(o).remaining()) {
                free.add(obligations.get(o));
            }
        }
        return free;
    }

    private List<List<Integer>> noneYet() {
        List<List<Integer>> placed = new ArrayList<>();
        obligations.forEach(obligation -> placed.add(new ArrayList<>()));
        return placed;
    }

    private boolean place(int record, List<List<Integer>> placed, boolean[] tried) {
        for (int o = 0; o < obligations.size(); o++) {
            if (tried[o] || !obligations.get(o).accepts(records.get(record))) {
                continue;
            }
            tried[o] = true;
            List<Integer> held = placed.get(o);
            if (held.size() < obligations.get(o).remaining()) {
                held.add(record);
                return true;
            }
            for (int i = 0; i < held.size(); i++) {
                if (place(held.get(i), placed, tried)) {
                    held.set(i, record);
                    return true;
                }
            }
        }
        return false;
    }

    /** One of {@code asking} that no record can serve; empty if there is a record for each. */
    Optional<Obligation> unserved(List<Obligation> asking) {
        int[] servedBy = new int[records.size()];
        Arrays.fill(servedBy, -1);
        for (int i = 0; i < asking.size(); i++) {
            if (!serve(i, asking, servedBy, new boolean[records.size()])) {
                return Optional.of(asking.get(i));
            }
        }
        return Optional.empty();
    }

    private boolean serve(int obligation, List<Obligation> asking, int[] servedBy, boolean[] tried) {
        for (int r = 0; r < records.size(); r++) {
            if (tried[r] || !asking.get(obligation).accepts(records.get(r))) {
                continue;
            }
            tried[r] = true;
            if (servedBy[r] < 0 || serve(servedBy[r], asking, servedBy, tried)) {
                servedBy[r] = obligation;
                return true;
            }
        }
        return false;
    }
}
