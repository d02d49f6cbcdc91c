package org.nestor.generators.structure;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.Stage1Descriptor;

/**
 * Leaf descriptors of stage 1 at one level of a table, little-endian, for output addresses of up to 48 bits and an SMMU without
 * 52-bit addresses.
 *
 * <p>Left out: what permissions make of an access, so that a legal one may still deny it; hardware update of flags; and stage 2,
 * whose descriptors differ only in their attributes.
 */
public final class LeafDescriptors {
    private static final int LAST_LEVEL = 3;
    private static final int MOST_BITS = 48;
    private static final long PAGE = 0b11;
    private static final long BLOCK = 0b01;
    private static final long TYPE = 0b11;
    private static final long AF = 1L << 10;

    private final Granule granule;
    private final int level;
    private final int outputBits;

    /**
     * Descriptors for a level that has pages or blocks.
     *
     * @param level 3 for pages, less for blocks
     * @param outputBits bits of the output address, 32 to 48
     */
    public LeafDescriptors(Granule granule, int level, int outputBits) {
        if (level > LAST_LEVEL || level < (granule == Granule.KB4 ? 1 : 2)) {
            throw new IllegalArgumentException("no leaf of " + granule + " at level " + level);
        }
        if (outputBits < Integer.SIZE || outputBits > MOST_BITS) {
            throw new IllegalArgumentException(outputBits + " output bits: expected 32 to 48");
        }
        this.granule = granule;
        this.level = level;
        this.outputBits = outputBits;
    }

    /** Any bits. */
    public Arbitrary<Stage1Descriptor> any() {
        return Arbitraries.longs().map(Stage1Descriptor::new);
    }

    /** Accessed leaves with an output address in range; attributes, permissions and bits that do not count are any. */
    public Arbitrary<Stage1Descriptor> legal() {
        return Arbitraries.longs().map(bits -> new Stage1Descriptor(repaired(bits)));
    }

    /** Descriptors that break one rule and no other. */
    public Arbitrary<Broken<Stage1Descriptor>> broken() {
        List<Arbitrary<Broken<Stage1Descriptor>>> reasons = new ArrayList<>();
        reasons.add(broken("A-WLK-04", legal -> legal & ~1L));
        reasons.add(broken("A-AFD-01", legal -> legal & ~AF));
        if (level == LAST_LEVEL) {
            reasons.add(broken("A-WLK-05", legal -> legal & ~TYPE | BLOCK));
        }
        if (outputBits < MOST_BITS) {
            reasons.add(broken("A-ADR-14", legal -> legal | 1L << outputBits + spread(legal)));
        }
        return Arbitraries.oneOf(reasons);
    }

    /** Which of the address bits beyond the range to set. */
    private int spread(long bits) {
        return (int) Long.remainderUnsigned(bits, MOST_BITS - outputBits);
    }

    /** Makes of a legal descriptor another one. */
    private interface Change {
        long of(long legal);
    }

    private static Broken<Stage1Descriptor> broken(String rule, long descriptor) {
        return new Broken<>(RuleId.of(rule), new Stage1Descriptor(descriptor));
    }

    private Arbitrary<Broken<Stage1Descriptor>> broken(String rule, Change change) {
        return Arbitraries.longs().map(bits -> broken(rule, change.of(repaired(bits))));
    }

    private long repaired(long bits) {
        int shift = granule.shift() + (LAST_LEVEL - level) * (granule.shift() - 3);
        long attributes = bits & ~((1L << MOST_BITS) - 1) | bits & 0xFFC;
        long address = bits & (1L << outputBits) - 1 & -(1L << shift);
        return address | attributes | AF | (level == LAST_LEVEL ? PAGE : BLOCK);
    }
}
