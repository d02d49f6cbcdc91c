package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.REGISTERS;
import static org.nestor.bugs.Difficulty.EASY;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.register.RegistersKept;
import org.nestor.bugs.register.ShiftedRegisterMap;
import org.nestor.smmu.CachedTranslation;

/** Registers and reset. */
final class RegisterBugs {

    private RegisterBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.of(
                        "D-44",
                        REGISTERS,
                        EASY,
                        "IIDR is decoded at the place of AIDR, and the event queue indexes are not found on register page 1.",
                        "Drivers: the SMMU is identified wrongly, and events are never seen.",
                        ReplacedPart.registerDecoder(ShiftedRegisterMap::new),
                        "A-REG-08"),
                SeededBug.of(
                        "D-45",
                        REGISTERS,
                        MEDIUM,
                        "CR0, IRQ_CTRL, GERROR and their counterparts keep their values over a reset.",
                        "Systems that start again: DMA meets a stream table that is gone.",
                        policies -> new RegistersKept(new CachedTranslation(policies)),
                        "A-CTL-01",
                        "A-GBP-02"));
    }
}
