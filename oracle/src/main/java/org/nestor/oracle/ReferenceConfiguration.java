package org.nestor.oracle;

import java.util.List;
import java.util.Optional;
import org.nestor.bugs.SeededBug;
import org.nestor.iommu.Parts;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.tlb.CachePolicy;

/**
 * What the embedded reference is to be like.
 *
 * @param profile its ID registers
 * @param caching what its caches do
 * @param seed for caches that do things at random
 * @param bug the fault that it has, if it is to have one
 */
public record ReferenceConfiguration(Profile profile, Caching caching, long seed, Optional<SeededBug> bug) {
    private static final long GIB = 1L << 30;

    /** The reference as it is used when nothing else is asked for. */
    public static final ReferenceConfiguration DEFAULT = new ReferenceConfiguration(Profile.FULL, Caching.INFINITE, 0);

    /** Without a fault. */
    public ReferenceConfiguration(Profile profile, Caching caching, long seed) {
        this(profile, caching, seed, Optional.empty());
    }

    /** The same with a fault. */
    public ReferenceConfiguration with(SeededBug planted) {
        return new ReferenceConfiguration(profile, caching, seed, Optional.of(planted));
    }

    /** A new reference in its power-on state. */
    public EmbeddedReference create() {
        return create(RuleLog.NONE);
    }

    /** A new reference in its power-on state, which tells a log which rules it decides on. */
    public EmbeddedReference create(RuleLog rules) {
        SmmuParts parts = bug.map(planted -> planted.parts(this::policy))
                .orElseGet(() -> new SmmuParts(new CachedTranslation(this::policy)));
        return new EmbeddedReference(
                new Smmu(profile.idRegisters(), new SparseMemory(memory()), parts, rules),
                bug.map(SeededBug::software).orElse(Parts.REFERENCE));
    }

    private CachePolicy policy() {
        return caching.policy(seed);
    }

    /** QEMU's board has its RAM at 1 GiB; the others have some below 4 GiB and some above, with a hole between. */
    public List<MemoryRegion> memory() {
        if (profile == Profile.QEMU) {
            return List.of(MemoryRegion.ram(GIB, GIB / 4));
        }
        return List.of(MemoryRegion.ram(0, 4 * GIB), MemoryRegion.ram(512 * GIB, 4 * GIB));
    }
}
