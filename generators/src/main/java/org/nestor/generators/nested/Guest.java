package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nestor.vfio.Container;

/** A guest with its virtualizer's container, and what the model knows of it. */
final class Guest {
    private final int number;
    private final Container container;
    private final GuestLayout layout;
    private final GuestModel model;
    private final List<Doorbell> doorbells = new ArrayList<>();
    private int epoch;

    /** A binding as the model keeps it. */
    static final class Doorbell {
        private final long giova;
        private final long gpa;
        private final long size;
        private final Set<Integer> mapped = new HashSet<>();

        Doorbell(long giova, long gpa, long size) {
            this.giova = giova;
            this.gpa = gpa;
            this.size = size;
        }

        long giova() {
            return giova;
        }

        long gpa() {
            return gpa;
        }

        long size() {
            return size;
        }

        /** Whether devices behind an SMMU reach the real doorbell through it. */
        boolean isMapped(int smmu) {
            return mapped.contains(smmu);
        }

        void setMapped(int smmu) {
            mapped.add(smmu);
        }
    }

    Guest(int number, Container container, GuestLayout layout, GuestModel model) {
        this.number = number;
        this.container = container;
        this.layout = layout;
        this.model = model;
    }

    int number() {
        return number;
    }

    Container container() {
        return container;
    }

    GuestLayout layout() {
        return layout;
    }

    GuestModel model() {
        return model;
    }

    /** Bindings, newest first. */
    List<Doorbell> doorbells() {
        return doorbells;
    }

    int epoch() {
        return epoch;
    }

    void nextEpoch() {
        epoch++;
    }
}
