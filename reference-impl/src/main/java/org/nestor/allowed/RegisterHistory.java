package org.nestor.allowed;

import java.util.ArrayList;
import java.util.List;
import org.nestor.rule.Rule;
import org.nestor.smmu.walk.GlobalConfiguration;

/** The register values under which an SMMU has looked for configuration: structures found under earlier ones may still be cached. */
final class RegisterHistory {
    private static final int LIMIT = 8;

    private final List<Version> versions = new ArrayList<>();
    private GlobalConfiguration now = GlobalConfiguration.RESET;

    /** Values with the time in which they were in force, SMMUEN being 1. */
    record Version(GlobalConfiguration registers, long since, long until) {
        boolean present() {
            return until == WordVersions.NOW;
        }

        private Version ended(long at) {
            return present() ? new Version(registers, since, at) : this;
        }
    }

    /** The values are these from this instant on. */
    @Rule("C-CFG-08")
    void set(GlobalConfiguration registers, long at) {
        if (registers.equals(now)) {
            return;
        }
        now = registers;
        versions.replaceAll(version -> version.ended(at));
        if (!registers.enabled()) {
            return;
        }
        long since = versions.stream()
                .filter(version -> version.registers().equals(registers))
                .mapToLong(Version::since)
                .findFirst()
                .orElse(at);
        versions.removeIf(version -> version.registers().equals(registers));
        if (versions.size() == LIMIT) {
            versions.remove(versions.size() - 1);
        }
        versions.add(0, new Version(registers, since, WordVersions.NOW));
    }

    GlobalConfiguration now() {
        return now;
    }

    /** The present values, if SMMUEN is 1, then earlier ones, the latest first. */
    List<Version> versions() {
        return versions;
    }

    void clear() {
        versions.clear();
        now = GlobalConfiguration.RESET;
    }
}
