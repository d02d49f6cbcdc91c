package org.nestor.iommu.smmuv3;

import java.util.List;
import java.util.Optional;
import org.nestor.iommu.IommuDevice;
import org.nestor.rule.Rule;

/** A device behind an SMMU, as the driver keeps it. */
final class Master {
    private final SmmuInstance smmu;
    private final IommuDevice device;
    private final List<Integer> streams;
    private Optional<SmmuDomain> domain = Optional.empty();
    private boolean atsEnabled;

    Master(SmmuInstance smmu, IommuDevice device) {
        this.smmu = smmu;
        this.device = device;
        this.streams = device.description().streamIds().stream().distinct().toList();
    }

    SmmuInstance smmu() {
        return smmu;
    }

    IommuDevice device() {
        return device;
    }

    /** Its StreamIDs, each once. */
    @Rule("R-ATT-20")
    List<Integer> streams() {
        return streams;
    }

    Optional<SmmuDomain> domain() {
        return domain;
    }

    boolean stallEnabled() {
        return smmu.features().stalls() && device.description().stall();
    }

    boolean atsCapable() {
        return smmu.features().ats() && device.description().ats();
    }

    boolean atsEnabled() {
        return atsEnabled;
    }

    /** Joins a domain whose STE is written; ATS goes on at the endpoint only after that. */
    @Rule("R-ATT-21")
    void joined(SmmuDomain newDomain, boolean ats) {
        domain = Optional.of(newDomain);
        device.joined(newDomain);
        atsEnabled = ats;
    }

    void left() {
        domain = Optional.empty();
        device.left();
        atsEnabled = false;
    }

    /** Writes the STE of each of its streams. */
    @Rule("R-ATT-20")
    @Rule("R-PTA-17")
    void configure(StreamTarget target, boolean ats) {
        SteComposer.Traits traits = new SteComposer.Traits(
                ats, smmu.features().stalls() && !device.description().stall());
        for (int stream : streams) {
            smmu.steWriter().write(stream, target, traits);
        }
    }
}
