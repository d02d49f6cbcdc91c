package org.nestor.judge;

import java.util.List;
import java.util.Optional;
import org.nestor.protocol.RegisterRef;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.interrupt.GlobalError;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.register.RegisterDecoder;
import org.nestor.smmu.register.RegisterFeatures;

/** Follows register writes into the parts that they concern, and judges what registers read as. */
final class Registers {
    private static final RuleId ACKNOWLEDGE = RuleId.of("A-CTL-01");
    private static final RuleId INTERRUPTS = RuleId.of("A-IRQ-01");
    private static final RuleId BYPASS = RuleId.of("A-GBP-09");
    private static final RuleId ERRORS = RuleId.of("A-GER-01");
    private static final RuleId ERROR_ACKNOWLEDGE = RuleId.of("A-GER-02");
    private static final RuleId IDENTIFICATION = RuleId.of("A-REG-05");
    private static final RuleId STORED = RuleId.of("A-REG-06");
    private static final RuleId SECURE = RuleId.of("A-REG-07");
    private static final RuleId BEYOND_INDEX = RuleId.of("A-REG-18");
    private static final long FIRST_SECURE = 0x8000;
    private static final long BEHIND_SECURE = 0xC000;
    private static final long NOTHING = 0;

    private final SmmuState smmu;
    private final RegisterFeatures features;
    private final RegisterDecoder decoder;
    private final RuleLog rules;

    Registers(SmmuState smmu, RuleLog rules) {
        this.smmu = smmu;
        this.rules = rules;
        this.decoder = new RegisterDecoder(rules);
        this.features = new RegisterFeatures(smmu.platform.ids());
    }

    /** The register and its bits that an access names. */
    private record Target(Register register, int shift, long mask) {}

    private Optional<Target> target(RegisterRef ref) {
        if (ref instanceof RegisterRef.Named named) {
            return Register.named(named.name()).map(register -> new Target(register, 0, whole(register)));
        }
        RegisterRef.Offset at = (RegisterRef.Offset) ref;
        Optional<Register> image =
                at.offset() <= Integer.MAX_VALUE ? Register.imagedAt((int) at.offset()) : Optional.empty();
        if (image.isPresent() && Register.at((int) at.offset()).isEmpty()) {
            return Optional.empty();
        }
        return decoder.decode(at.offset(), at.size())
                .map(found -> new Target(
                        found.register(),
                        found.shift(),
                        found.width() == Long.SIZE ? -1 : 0xFFFF_FFFFL << found.shift()));
    }

    private static long whole(Register register) {
        return register.width() == Long.SIZE ? -1 : 0xFFFF_FFFFL;
    }

    /** A register was written. */
    void write(RegisterRef ref, long value, long at) {
        Optional<Target> found = target(ref);
        if (found.isEmpty()) {
            writeElsewhere(ref);
            return;
        }
        Target target = found.get();
        write(target.register(), target.mask(), value << target.shift(), at);
    }

    /** Where the access is not supported, or an alias or nothing, as the implementation likes. */
    @Rule("A-REG-03")
    @Rule("A-REG-04")
    @Rule("A-REG-09")
    private void writeElsewhere(RegisterRef ref) {
        if (ref instanceof RegisterRef.Offset at) {
            boolean reserved = at.offset() < Register.PAGE_1
                    && Register.at((int) at.offset()).isEmpty()
                    && Register.imagedAt((int) at.offset()).isEmpty()
                    && Register.at((int) at.offset() + Integer.BYTES).isEmpty()
                    && Register.at((int) at.offset() - Integer.BYTES).isEmpty();
            if (!reserved) {
                smmu.doubts.raise(
                        Doubts.Area.EVERYTHING,
                        "offset " + Hex.of(at.offset()) + " was written by " + at.size()
                                + " bytes, which may write other registers or none (A-REG-03, A-REG-09)");
            }
        }
    }

    private void write(Register register, long mask, long value, long at) {
        switch (register) {
            case CR0, CR2, STRTAB_BASE, STRTAB_BASE_CFG, GBPA -> smmu.events.completeAlternatives();
            default -> {}
        }
        switch (register) {
            case CR0 -> {
                smmu.control.write(value);
                controlChanged(at);
            }
            case IRQ_CTRL -> {
                smmu.interruptControl.write(value);
                smmu.interrupts.controlChanged();
            }
            case GBPA -> smmu.bypass.write(value);
            case GERRORN -> acknowledge(value, at);
            default -> {
                smmu.writes.store(register, mask, value);
                stored(register, at);
            }
        }
    }

    private void stored(Register register, long at) {
        switch (register) {
            case CMDQ_PROD -> smmu.commands.produced(at);
            case CMDQ_BASE, CMDQ_CONS -> smmu.commands.moved();
            case EVENTQ_CONS -> smmu.events.consumed(at);
            case EVENTQ_BASE -> smmu.events.rebased(at);
            case EVENTQ_PROD -> smmu.events.moved(at);
            case PRIQ_CONS -> smmu.pageRequests.consumed();
            case PRIQ_BASE, PRIQ_PROD -> smmu.pageRequests.moved();
            case STRTAB_BASE, STRTAB_BASE_CFG, CR2 -> smmu.translations.configure(at);
            default -> {}
        }
    }

    /** CR0 was written, or more is known of what has been acknowledged. */
    void controlChanged(long at) {
        smmu.commands.enableChanged(at);
        smmu.events.enableChanged();
        if (smmu.translations.mayBypass()) {
            smmu.stalls.disabled(!smmu.translations.mayTranslate());
        }
        smmu.translations.configure(at);
    }

    @Rule("A-GER-04")
    private void acknowledge(long value, long at) {
        long acknowledged = smmu.errors.acknowledge(value);
        if ((acknowledged & GlobalError.CMDQ_ERR.mask()) != 0) {
            smmu.commands.restart(at);
        } else if (smmu.errors.confused(GlobalError.CMDQ_ERR)) {
            smmu.doubts.raise(
                    Doubts.Area.COMMANDS,
                    "GERRORN.CMDQ_ERR was toggled while no error was seen to be active (A-GER-04)");
        }
    }

    /** A register was read. */
    Verdict read(RegisterRef ref, long value, long at) {
        Optional<Target> found = target(ref);
        if (found.isEmpty()) {
            return readElsewhere(ref, value);
        }
        Target target = found.get();
        return read(target.register(), target.mask(), value << target.shift(), at);
    }

    @Rule("A-REG-07")
    private Verdict readElsewhere(RegisterRef ref, long value) {
        boolean secure =
                ref instanceof RegisterRef.Offset at && at.offset() >= FIRST_SECURE && at.offset() < BEHIND_SECURE;
        rules.followed(SECURE, secure);
        return !secure || value == 0
                ? Verdict.CONFORMS
                : Finding.of("a Secure register does not read as zero", SECURE)
                        .observed(ref + " reads " + Hex.of(value))
                        .allowed("0x0")
                        .verdict();
    }

    private Verdict read(Register register, long mask, long value, long at) {
        return switch (register) {
            case IDR0, IDR1, IDR2, IDR3, IDR4, IDR5, IIDR, AIDR -> identification(register, value);
            case CR0 -> bits(register, value, smmu.control.readRequest(value), smmu.control.requested(), ACKNOWLEDGE);
            case CR0ACK -> acknowledged(value, at);
            case IRQ_CTRL -> {
                AcknowledgedBits control = smmu.interruptControl;
                yield bits(register, value, control.readRequest(value), control.requested(), INTERRUPTS);
            }
            case IRQ_CTRLACK -> {
                AcknowledgedBits control = smmu.interruptControl;
                yield bits(register, value, control.readAcknowledge(value), control.requested(), INTERRUPTS);
            }
            case GBPA -> bits(register, value, smmu.bypass.read(value), smmu.bypass.inForce(), BYPASS);
            case GERROR -> {
                long known = smmu.errors.value();
                yield bits(register, value, smmu.errors.read(value), known, ERRORS);
            }
            case GERRORN -> bits(register, value, smmu.errors.readAcknowledge(value), NOTHING, ERROR_ACKNOWLEDGE);
            case CMDQ_CONS -> queue(register, value, at, smmu.commands::read);
            case EVENTQ_PROD -> queue(register, value, at, smmu.events::readProduced);
            case PRIQ_PROD ->
                smmu.platform.ids().pri()
                        ? queue(register, value, at, smmu.pageRequests::readProduced)
                        : Verdict.CONFORMS;
            case CMDQ_PROD -> index(register, value, smmu.commandRing);
            case EVENTQ_CONS -> index(register, value, smmu.eventRing);
            case PRIQ_CONS -> smmu.platform.ids().pri() ? index(register, value, smmu.pageRing) : Verdict.CONFORMS;
            case STATUSR, AGBPA, GATOS_CTRL, GATOS_SID, GATOS_ADDR, GATOS_PAR -> Verdict.CONFORMS;
            case MPAMIDR, GMPAM, GBPMPAM, VATOS_SEL, IDR6 -> Verdict.CONFORMS;
            default -> stored(register, mask & features.implemented(register), value, at);
        };
    }

    /** Reads an index register that the SMMU writes. */
    private interface QueueReader {
        Verdict read(long value, long at);
    }

    private Verdict queue(Register register, long value, long at, QueueReader reader) {
        if (smmu.values.untouched(register)) {
            smmu.values.shows(register, -1, value);
            stored(register, at);
            return Verdict.CONFORMS;
        }
        return reader.read(value, at);
    }

    /** What reads as written, but for bits above the index. */
    @Rule("A-REG-18")
    private Verdict index(Register register, long value, QueueRing ring) {
        long mask = ring.position(-1) | (register == Register.CMDQ_PROD ? 0 : 1L << 31);
        long known = smmu.values.get(register);
        rules.followed(BEYOND_INDEX, (value & ~mask) != 0);
        return bits(register, value, smmu.values.shows(register, mask, value), known, STORED);
    }

    private Verdict stored(Register register, long mask, long value, long at) {
        long known = smmu.values.get(register);
        boolean doubtful = smmu.values.doubtful(register) || smmu.values.untouched(register);
        rules.followed(STORED, (value & ~mask) != 0);
        long wrong = smmu.values.shows(register, mask, value);
        if (doubtful) {
            stored(register, at);
        }
        return bits(register, value, wrong, known, STORED);
    }

    @Rule("A-REG-05")
    private Verdict identification(Register register, long value) {
        boolean told = smmu.platform.told().contains(register.name());
        long known = features.identification(register);
        return bits(register, value, told ? value ^ known : 0, known, IDENTIFICATION);
    }

    private Verdict acknowledged(long value, long at) {
        long wrong = smmu.control.readAcknowledge(value);
        controlChanged(at);
        return bits(Register.CR0ACK, value, wrong, smmu.control.requested(), ACKNOWLEDGE);
    }

    private static Verdict bits(Register register, long value, long wrong, long known, RuleId rule) {
        return wrong == 0
                ? Verdict.CONFORMS
                : Finding.of(register + " reads a value that it cannot have in " + fields(register, wrong), rule)
                        .observed(register + " = " + Hex.of(value))
                        .allowed(register + " = " + Hex.of(value & ~wrong | known & wrong))
                        .because("the bits " + Hex.of(wrong) + " cannot be so")
                        .verdict();
    }

    /** The names of the fields that these bits are of. */
    private static String fields(Register register, long bits) {
        List<String> names = register.layout().fields().stream()
                .filter(field -> (field.mask() & bits) != 0)
                .map(Field::name)
                .toList();
        return names.isEmpty() ? "RES0" : String.join(", ", names);
    }
}
