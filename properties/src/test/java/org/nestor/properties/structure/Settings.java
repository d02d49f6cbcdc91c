package org.nestor.properties.structure;

import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;

/** ID registers to generate structures for. */
final class Settings {

    private Settings() {}

    /** A structure with the ID registers that it was made for. */
    record Case<T>(Setting setting, T value) {}

    /** A profile, or a variation of one. */
    record Setting(String name, IdRegisters id) {}

    /** Bits that change what is legal: TTF to STALL_MODEL in IDR0, SSIDSIZE in IDR1, STT and FWB in IDR3, OAS and VAX in IDR5. */
    static Arbitrary<Setting> any() {
        IdRegisters full = Profile.FULL.idRegisters();
        return Arbitraries.of(
                new Setting("full", full),
                new Setting("qemu", Profile.QEMU.idRegisters()),
                new Setting("minimal", Profile.MINIMAL.idRegisters()),
                new Setting("stall forced", idr0(full, full.idr0() & ~(3 << 24) | 2 << 24)),
                new Setting("terminate only", idr0(full, full.idr0() & ~(3 << 24) | 1 << 24)),
                new Setting(
                        "little-endian, HTTU of AF", idr0(full, full.idr0() & ~(3 << 21 | 3 << 6) | 2 << 21 | 1 << 6)),
                new Setting("big-endian, no HTTU", idr0(full, full.idr0() & ~(3 << 6) | 3 << 21)),
                new Setting("small tags, linear CDs", idr0(full, full.idr0() & ~(1 << 12 | 1 << 18 | 1 << 19))),
                new Setting("stage 2 alone", idr0(full, full.idr0() & ~(1 << 1))),
                new Setting(
                        "52 bits",
                        new IdRegisters(
                                full.idr0(),
                                full.idr1(),
                                0,
                                full.idr3(),
                                0,
                                full.idr5() & ~7 | 6 | 1 << 10,
                                0,
                                full.aidr())),
                new Setting(
                        "no small tables",
                        new IdRegisters(
                                full.idr0(),
                                full.idr1(),
                                0,
                                full.idr3() & ~(1 << 9),
                                0,
                                full.idr5() & ~7 | 2,
                                0,
                                full.aidr())));
    }

    private static IdRegisters idr0(IdRegisters id, int idr0) {
        return new IdRegisters(idr0, id.idr1(), id.idr2(), id.idr3(), id.idr4(), id.idr5(), id.iidr(), id.aidr());
    }

    /** What is generated for the ID registers of a setting. */
    static <T> Arbitrary<Case<T>> cases(Function<IdRegisters, Arbitrary<T>> arbitrary) {
        return any().flatMap(setting -> arbitrary.apply(setting.id()).map(value -> new Case<>(setting, value)));
    }
}
