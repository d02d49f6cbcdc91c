package org.nestor.smmu.register;

import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;

/** Finds the register, or half register, that an access names; an access that names none is RAZ/WI. */
public class RegisterDecoder {
    private static final RuleId UNSUPPORTED = RuleId.of("A-REG-03");
    private static final RuleId RESERVED = RuleId.of("A-REG-04");
    private static final RuleId WORD = RuleId.of("A-REG-01");
    private static final RuleId DOUBLEWORD = RuleId.of("A-REG-02");
    private static final RuleId SECURE_PAGE = RuleId.of("A-REG-07");
    private static final RuleId PAGE_1 = RuleId.of("A-REG-08");
    private static final RuleId IMAGE = RuleId.of("A-REG-09");

    private static final int FIRST_SECURE = 0x8000;
    private static final int BEHIND_SECURE = 0xC000;

    private final RuleLog rules;

    public RegisterDecoder(RuleLog rules) {
        this.rules = rules;
    }

    /**
     * The bits of a register that an access names.
     *
     * @param shift 0, or 32 for the upper half of a 64-bit register
     * @param width 32 or 64
     */
    public record Target(Register register, int shift, int width) {

        long mask() {
            return width == 64 ? -1L : 0xFFFF_FFFFL << shift;
        }
    }

    /** What an access of {@code size} bytes at {@code offset} from page 0 names; empty if it is RAZ/WI. */
    public Optional<Target> decode(long offset, int size) {
        if (!supported(offset, size)) {
            rules.decided(UNSUPPORTED);
            return Optional.empty();
        }
        Optional<Target> target = at((int) offset)
                .map(register -> new Target(register, 0, size * 8))
                .or(() -> upperHalf((int) offset));
        if (target.isEmpty()) {
            rules.decided(RESERVED);
            rules.followed(SECURE_PAGE, offset >= FIRST_SECURE && offset < BEHIND_SECURE);
            return target;
        }
        rules.decided(size == Long.BYTES ? DOUBLEWORD : WORD);
        return target.filter(found -> found.width() == 32 || wholeRegister(found.register()));
    }

    /** Aligned accesses of 4 and 8 bytes. Every other one is RAZ/WI, out of what is CONSTRAINED UNPREDICTABLE. */
    @Rule("A-REG-01")
    @Rule("A-REG-02")
    @Rule("A-REG-03")
    protected boolean supported(long offset, int size) {
        return (size == 4 || size == 8) && offset % size == 0;
    }

    /** A 64-bit access to a pair of 32-bit registers is RAZ/WI, out of what is CONSTRAINED UNPREDICTABLE. */
    @Rule("A-REG-03")
    protected boolean wholeRegister(Register register) {
        if (register.width() != 64) {
            rules.decided(UNSUPPORTED);
        }
        return register.width() == 64;
    }

    /**
     * The register at an offset. The page 0 images of the page 1 registers are aliases of them, and every other offset of page 1 is
     * RES0; that is this SMMU's choice.
     */
    @Rule("A-REG-04")
    @Rule("A-REG-07")
    @Rule("A-REG-08")
    @Rule("A-REG-09")
    protected Optional<Register> at(int offset) {
        Optional<Register> register = Register.at(offset);
        if (register.isPresent()) {
            rules.followed(PAGE_1, offset >= Register.PAGE_1);
            return register;
        }
        Optional<Register> imaged = Register.imagedAt(offset);
        rules.followed(IMAGE, imaged.isPresent());
        return imaged;
    }

    private Optional<Target> upperHalf(int offset) {
        return Register.at(offset - 4)
                .filter(register -> register.width() == 64 && offset % 8 == 4)
                .map(register -> new Target(register, 32, 32));
    }
}
