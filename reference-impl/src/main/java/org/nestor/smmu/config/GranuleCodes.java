package org.nestor.smmu.config;

import java.util.Optional;
import org.nestor.smmu.format.Granule;

/** The granule codes of TG0 and S2TG, and the different ones of TG1. */
final class GranuleCodes {
    private static final Optional<Granule> KB4 = Optional.of(Granule.KB4);
    private static final Optional<Granule> KB16 = Optional.of(Granule.KB16);
    private static final Optional<Granule> KB64 = Optional.of(Granule.KB64);

    private GranuleCodes() {}

    static Optional<Granule> ofTg0(int code) {
        return switch (code) {
            case 0 -> KB4;
            case 1 -> KB64;
            case 2 -> KB16;
            default -> Optional.empty();
        };
    }

    static boolean is64k(Optional<Granule> granule) {
        return granule.isPresent() && granule.get() == Granule.KB64;
    }

    static Optional<Granule> ofTg1(int code) {
        return switch (code) {
            case 1 -> KB16;
            case 2 -> KB4;
            case 3 -> KB64;
            default -> Optional.empty();
        };
    }
}
