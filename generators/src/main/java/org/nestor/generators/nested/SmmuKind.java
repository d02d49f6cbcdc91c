package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;

/**
 * What an SMMU of a host can do, of what SMMUs differ in.
 *
 * @param ranges whether it has range invalidation
 * @param medium whether it has pages of 16 KiB
 * @param large whether it has pages of 64 KiB
 * @param wideAsids whether its ASIDs have 16 bits, else 8
 * @param wideAddresses whether its addresses have 52 bits, else 48
 */
public record SmmuKind(boolean ranges, boolean medium, boolean large, boolean wideAsids, boolean wideAddresses) {
    private static final int ASID16 = 1 << 12;
    private static final int RIL = 1 << 10;
    private static final int GRAN16K = 1 << 5;
    private static final int GRAN64K = 1 << 6;
    private static final int OAS_52_NOT_48 = 0b101 ^ 0b110;
    private static final long LEAVES_OF_4K = 1L << 12 | 1L << 21 | 1L << 30;
    private static final long LEAVES_OF_16K = 1L << 14 | 1L << 25;
    private static final long LEAVES_OF_64K = 1L << 16 | 1L << 29;
    private static final long LEAF_OF_52_BITS = 1L << 42;
    private static final int MISSING_EVERY = 3;

    /** One that has everything but, maybe, range invalidation. */
    static SmmuKind full(boolean ranges) {
        return new SmmuKind(ranges, true, true, true, false);
    }

    /** Any that has pages of a size. */
    static SmmuKind any(SplittableRandom random, Granule needed) {
        return new SmmuKind(
                random.nextBoolean(),
                random.nextInt(MISSING_EVERY) > 0 || needed == Granule.KB16,
                random.nextInt(MISSING_EVERY) > 0 || needed == Granule.KB64,
                random.nextBoolean(),
                random.nextBoolean());
    }

    IdRegisters ids() {
        IdRegisters full = Profile.FULL.idRegisters();
        return new IdRegisters(
                wideAsids ? full.idr0() : full.idr0() & ~ASID16,
                full.idr1(),
                0,
                ranges ? full.idr3() : full.idr3() & ~RIL,
                0,
                (full.idr5() & ~(medium ? 0 : GRAN16K) & ~(large ? 0 : GRAN64K)) ^ (wideAddresses ? OAS_52_NOT_48 : 0),
                0,
                full.aidr());
    }

    boolean has(Granule granule) {
        return switch (granule) {
            case KB4 -> true;
            case KB16 -> medium;
            case KB64 -> large;
        };
    }

    /** Whether an entry of a TLB can be of that size. */
    boolean isLeafSize(long bytes) {
        long sizes = LEAVES_OF_4K
                | (medium ? LEAVES_OF_16K : 0)
                | (large ? LEAVES_OF_64K : 0)
                | (large && wideAddresses ? LEAF_OF_52_BITS : 0);
        return Long.bitCount(bytes) == 1 && (bytes & sizes) != 0;
    }

    boolean isAsid(long asid) {
        return asid >>> (wideAsids ? 16 : 8) == 0;
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        words.add(ranges ? "ranges" : "no ranges");
        if (!medium) {
            words.add("no 16 KiB");
        }
        if (!large) {
            words.add("no 64 KiB");
        }
        if (!wideAsids) {
            words.add("8-bit ASIDs");
        }
        if (wideAddresses) {
            words.add("52-bit addresses");
        }
        return String.join(", ", words);
    }
}
