package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nestor.vfio.Container;

/** A guest with its virtualizer's container, and what the model knows of it. */
final class Guest {
    private final int number;
    private final Container container;
    private final GuestLayout layout;
    private final GuestModel model;
    private final List<GuestDomain> domains = new ArrayList<>();
    private int epoch;

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

    /** The domains of the container, newest first. */
    List<GuestDomain> domains() {
        return Collections.unmodifiableList(domains);
    }

    /** The domain of the devices behind an SMMU. */
    GuestDomain domain(int smmu) {
        return domains.stream()
                .filter(domain -> domain.smmu() == smmu)
                .findFirst()
                .orElseThrow();
    }

    /** A device behind an SMMU has joined: where none was before, it gets a domain without anything that was asked for before. */
    void joined(int smmu) {
        if (domains.stream().noneMatch(domain -> domain.smmu() == smmu)) {
            domains.add(0, new GuestDomain(smmu));
        }
    }

    /** The last device behind an SMMU has left. */
    void left(int smmu) {
        domains.removeIf(domain -> domain.smmu() == smmu);
    }

    int epoch() {
        return epoch;
    }

    void nextEpoch() {
        epoch++;
    }
}
