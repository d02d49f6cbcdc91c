package org.nestor.allowed;

import java.util.ArrayList;
import java.util.List;
import org.nestor.rule.Rule;
import org.nestor.smmu.walk.GlobalConfiguration;

/** The register values under which an SMMU has looked for configuration: structures found under earlier ones may still be cached. */
final class RegisterHistory {
    private static final int LIMIT = 8;

    private final List<Version> versions = new ArrayList<>();
    private List<Version> combined = List.of();
    private GlobalConfiguration now = GlobalConfiguration.RESET;

    /**
     * Values with the time in which they were in force, SMMUEN being 1.
     *
     * @param l1 the values by which L1STDs were read
     */
    record Version(GlobalConfiguration registers, GlobalConfiguration l1, long since, long until) {
        boolean present() {
            return until == WordVersions.NOW;
        }

        private Version ended(long at) {
            return present() ? new Version(registers, l1, since, at) : this;
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
        if (registers.enabled()) {
            begin(registers, at);
        }
        combined = combine();
    }

    private void begin(GlobalConfiguration registers, long at) {
        long since = versions.stream()
                .filter(version -> version.registers().equals(registers))
                .mapToLong(Version::since)
                .findFirst()
                .orElse(at);
        versions.removeIf(version -> version.registers().equals(registers));
        if (versions.size() == LIMIT) {
            versions.remove(versions.size() - 1);
        }
        versions.add(0, new Version(registers, registers, since, WordVersions.NOW));
    }

    /** An L1STD that was read by earlier registers may be cached, and what it leads to be looked up by the present ones. */
    private List<Version> combine() {
        List<Version> all = new ArrayList<>(versions);
        for (Version old : versions) {
            boolean differs = old.registers().strtabBaseCfg() != now.strtabBaseCfg();
            if (!old.present() && now.enabled() && differs) {
                all.add(new Version(now, old.registers(), old.since(), old.until()));
            }
        }
        return List.copyOf(all);
    }

    /** The present values, if SMMUEN is 1, then earlier ones, the latest first, then combinations of them. */
    List<Version> versions() {
        return combined;
    }

    void clear() {
        versions.clear();
        combined = List.of();
        now = GlobalConfiguration.RESET;
    }
}
