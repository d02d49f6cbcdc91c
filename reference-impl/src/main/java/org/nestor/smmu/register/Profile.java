package org.nestor.smmu.register;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Named sets of ID registers. */
public enum Profile {
    /**
     * Everything the model has, as SMMUv3.2: both stages, the EL2 StreamWorld, HTTU of Access flag and dirty state, ATS, PRI, stall
     * and terminate, 2-level tables, mixed endianness, 16-bit StreamIDs, 8-bit SubstreamIDs, 48-bit addresses, all granules.
     */
    FULL(new IdRegisters(0x088F_369B, 0x0D08_4210, 0, 0x0000_2D14, 0, 0x0010_0075, 0, 2)),

    /** What QEMU 10 announces: both stages as SMMUv3.1, no SubstreamIDs, terminate only, no HTTU, ATS or PRI, 44-bit addresses. */
    QEMU(new IdRegisters(0x0D44_101B, 0x0273_0010, 0, 0x0000_1414, 0, 0x0000_0074, 0, 1)),

    /** Stage 1 alone as SMMUv3.1: a linear table of 64 streams, 4 KiB pages, 40-bit addresses, 8-bit ASIDs, terminate by abort. */
    MINIMAL(new IdRegisters(0x0540_000A, 0x00C6_0006, 0, 0, 0, 0x0000_0012, 0, 1));

    private final IdRegisters idRegisters;

    Profile(IdRegisters idRegisters) {
        this.idRegisters = idRegisters;
    }

    /** The profile of that name in lower case, for example {@code full}. */
    public static Optional<Profile> named(String name) {
        return Arrays.stream(values())
                .filter(profile -> profile.label().equals(name))
                .findFirst();
    }

    /** The name in lower case, as the command line spells it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public IdRegisters idRegisters() {
        return idRegisters;
    }
}
