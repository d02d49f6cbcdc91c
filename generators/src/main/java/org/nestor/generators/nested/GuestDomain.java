package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A domain of a guest's container, which is of its devices behind one SMMU, as the model keeps it. */
final class GuestDomain {
    private final int smmu;
    private final List<Doorbell> doorbells = new ArrayList<>();
    private final Set<Doorbell> mapped = new HashSet<>();
    private Stage1 stage1 = Stage1.NONE;

    /** The guest's stage 1, as its virtualizer has asked for it last. */
    enum State {
        NONE,
        TRANSLATE,
        ABORT
    }

    /** What is where the guest's CD should be. */
    enum Context {
        /** A CD that the SMMU takes. */
        VALID,
        /** A CD for pages that the SMMU does not have. */
        UNSUPPORTED,
        /** No CD, or no memory. */
        MISSING
    }

    /**
     * A state, and what it needs.
     *
     * @param context means something in TRANSLATE alone
     */
    record Stage1(State state, Context context) {
        static final Stage1 NONE = new Stage1(State.NONE, Context.VALID);
        static final Stage1 ABORT = new Stage1(State.ABORT, Context.VALID);
    }

    /** A doorbell that was announced. */
    record Doorbell(long giova, long gpa, long size) {}

    /** A domain that has just come about. */
    GuestDomain(int smmu) {
        this.smmu = smmu;
    }

    int smmu() {
        return smmu;
    }

    Stage1 stage1() {
        return stage1;
    }

    State state() {
        return stage1.state();
    }

    void become(Stage1 next) {
        stage1 = next;
    }

    boolean isAnnounced(long giova, long size) {
        return doorbells.stream().anyMatch(doorbell -> doorbell.giova() == (giova & -size));
    }

    /** A doorbell is announced, unless one is at that address. */
    void announce(long giova, long gpa, long size) {
        if (!isAnnounced(giova, size)) {
            doorbells.add(0, new Doorbell(giova & -size, gpa & -size, size));
        }
    }

    /** The newest goes whose page an address lies in: pages of several sizes may overlap. */
    void withdraw(long giova) {
        Optional<Doorbell> gone = doorbells.stream()
                .filter(doorbell -> doorbell.giova() == (giova & -doorbell.size()))
                .findFirst();
        gone.ifPresent(doorbell -> {
            doorbells.remove(doorbell);
            mapped.remove(doorbell);
        });
    }

    /** What preparing an MSI takes: the doorbell that leads to the real one, else the newest that leads nowhere. */
    Optional<Doorbell> doorbellFor(long offset) {
        List<Doorbell> fitting =
                doorbells.stream().filter(doorbell -> offset < doorbell.size()).toList();
        return fitting.stream()
                .filter(mapped::contains)
                .findFirst()
                .or(() -> fitting.stream()
                        .filter(doorbell -> !mapped.contains(doorbell))
                        .findFirst());
    }

    /** A doorbell leads to the real one from now on. */
    void map(Doorbell doorbell) {
        mapped.add(doorbell);
    }

    /** The doorbells that lead to the real one. */
    Set<Doorbell> mapped() {
        return mapped;
    }
}
