package org.nestor.oracle;

import java.util.List;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.register.Profile;

/**
 * What the embedded reference is to be like.
 *
 * @param profile its ID registers
 * @param caching what its caches do
 * @param seed for caches that do things at random
 */
public record ReferenceConfiguration(Profile profile, Caching caching, long seed) {
    private static final long GIB = 1L << 30;

    /** The reference as it is used when nothing else is asked for. */
    public static final ReferenceConfiguration DEFAULT = new ReferenceConfiguration(Profile.FULL, Caching.INFINITE, 0);

    /** A new reference in its power-on state. */
    public EmbeddedReference create() {
        return create(RuleLog.NONE);
    }

    /** A new reference in its power-on state, which tells a log which rules it decides on. */
    public EmbeddedReference create(RuleLog rules) {
        SmmuParts parts = new SmmuParts(new CachedTranslation(() -> caching.policy(seed)));
        return new EmbeddedReference(new Smmu(profile.idRegisters(), new SparseMemory(memory()), parts, rules));
    }

    /** QEMU's board has its RAM at 1 GiB; the others have some below 4 GiB and some above, with a hole between. */
    public List<MemoryRegion> memory() {
        if (profile == Profile.QEMU) {
            return List.of(MemoryRegion.ram(GIB, GIB / 4));
        }
        return List.of(MemoryRegion.ram(0, 4 * GIB), MemoryRegion.ram(512 * GIB, 4 * GIB));
    }
}
