package org.nestor.smmu.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/**
 * Which STEs are ILLEGAL under the ID registers (IHI 0070 section 5.2.2). One method a condition; a transaction of an ILLEGAL STE is
 * aborted with C_BAD_STE whichever conditions hold and however many (A-STE-39).
 */
public class SteLegality {
    private static final RuleId S1_NOT_IMPLEMENTED = RuleId.of("A-STE-03");
    private static final RuleId S2_NOT_IMPLEMENTED = RuleId.of("A-STE-04");
    private static final RuleId S1_CD_MAX = RuleId.of("A-STE-06");
    private static final RuleId CD2L = RuleId.of("A-STE-07");
    private static final RuleId S1STALLD = RuleId.of("A-STE-11");
    private static final RuleId STRW = RuleId.of("A-STE-12");
    private static final RuleId S1_CONTEXT_PTR = RuleId.of("A-STE-16");
    private static final RuleId S1_CONTEXT_PTR_IPA = RuleId.of("A-STE-17");
    private static final RuleId S2AA64 = RuleId.of("A-STE-18");
    private static final RuleId S2TG = RuleId.of("A-STE-19");
    private static final RuleId S2TTB = RuleId.of("A-STE-21");
    private static final RuleId S2T0SZ_MAX = RuleId.of("A-STE-22");
    private static final RuleId START_LEVEL = RuleId.of("A-STE-23");
    private static final RuleId S2T0SZ_MIN = RuleId.of("A-STE-24");
    private static final RuleId S2SL0 = RuleId.of("A-STE-25");
    private static final RuleId S2ENDI = RuleId.of("A-STE-26");
    private static final RuleId S2_HTTU = RuleId.of("A-STE-27");
    private static final RuleId S2S_TERMINATE = RuleId.of("A-STE-29");
    private static final RuleId S2S_FORCED = RuleId.of("A-STE-30");
    private static final RuleId VMID16 = RuleId.of("A-STE-31");
    private static final RuleId S2FWB = RuleId.of("A-STE-32");
    private static final RuleId EATS_SPLIT = RuleId.of("A-STE-33");
    private static final RuleId EATS_STALL = RuleId.of("A-STE-34");

    private final IdRegisters id;

    public SteLegality(IdRegisters id) {
        this.id = id;
    }

    /** The rules that the entry breaks; empty if it is legal, if V = 0 or if Config aborts. */
    @Rule("A-STE-05")
    @Rule("A-STE-38")
    @Rule("A-STE-39")
    public List<RuleId> violations(StreamTableEntry ste) {
        List<RuleId> broken = new ArrayList<>();
        if (ste.v() && !ste.aborts()) {
            if (ste.stage1Enabled()) {
                stage1Violations(ste, broken);
            }
            if (ste.stage2Enabled()) {
                stage2Violations(ste, broken);
            }
            check(broken, VMID16, vmidTooWide(ste));
            check(broken, EATS_SPLIT, splitAtsImpossible(ste));
            check(broken, EATS_STALL, atsWithStall(ste));
        }
        return broken;
    }

    private void stage1Violations(StreamTableEntry ste, List<RuleId> broken) {
        check(broken, S1_NOT_IMPLEMENTED, stage1NotImplemented());
        check(broken, S1_CD_MAX, tooManyContexts(ste));
        check(broken, CD2L, twoLevelContextsNotImplemented(ste));
        check(broken, S1STALLD, stallDisableNotImplemented(ste));
        check(broken, STRW, reservedWorld(ste));
        check(broken, ste.stage2Enabled() ? S1_CONTEXT_PTR_IPA : S1_CONTEXT_PTR, contextPointerTooWide(ste));
    }

    private void stage2Violations(StreamTableEntry ste, List<RuleId> broken) {
        check(broken, S2_NOT_IMPLEMENTED, stage2NotImplemented());
        check(broken, S2AA64, stage2FormatNotImplemented(ste));
        check(broken, S2TG, stage2GranuleUnsupported(ste));
        check(broken, S2TTB, stage2BaseTooWide(ste));
        check(broken, S2T0SZ_MAX, stage2RangeTooSmall(ste));
        check(broken, S2T0SZ_MIN, stage2RangeTooLarge(ste));
        check(broken, S2SL0, startLevelReserved(ste));
        check(broken, START_LEVEL, startLevelDoesNotFit(ste));
        check(broken, S2ENDI, stage2ByteOrderUnsupported(ste));
        check(broken, S2_HTTU, stage2HardwareUpdateUnsupported(ste));
        check(broken, S2S_TERMINATE, stage2StallUnsupported(ste));
        check(broken, S2S_FORCED, stage2StallMissing(ste));
        check(broken, S2FWB, forceWriteBackWithoutAarch64(ste));
    }

    private static void check(List<RuleId> broken, RuleId rule, boolean violated) {
        if (violated) {
            broken.add(rule);
        }
    }

    @Rule("A-STE-03")
    protected boolean stage1NotImplemented() {
        return !id.s1p();
    }

    @Rule("A-STE-04")
    protected boolean stage2NotImplemented() {
        return !id.s2p();
    }

    @Rule("A-STE-06")
    @Rule("A-STE-09")
    protected boolean tooManyContexts(StreamTableEntry ste) {
        return id.ssidSize() != 0 && ste.s1CdMax() > id.ssidSize();
    }

    @Rule("A-STE-07")
    @Rule("A-STE-08")
    protected boolean twoLevelContextsNotImplemented(StreamTableEntry ste) {
        return id.ssidSize() != 0 && ste.s1CdMax() != 0 && !id.cd2l() && (ste.s1Fmt() == 1 || ste.s1Fmt() == 2);
    }

    @Rule("A-STE-11")
    protected boolean stallDisableNotImplemented(StreamTableEntry ste) {
        return ste.s1stalld() && id.stallModel() != 0;
    }

    @Rule("A-STE-12")
    @Rule("A-STE-13")
    @Rule("A-STE-14")
    @Rule("A-STE-15")
    protected boolean reservedWorld(StreamTableEntry ste) {
        return id.hyp() && id.s1p() && !ste.stage2Enabled() && (ste.strw() & 1) != 0;
    }

    /** With stage 2 the pointer is an IPA; there the SMMU may also let stage 2 fault, the reference refuses the STE. */
    @Rule("A-STE-16")
    @Rule("A-STE-17")
    protected boolean contextPointerTooWide(StreamTableEntry ste) {
        int bits = ste.stage2Enabled() ? id.ias() : id.oas();
        return ste.s1ContextPtr() >>> bits != 0;
    }

    @Rule("A-STE-18")
    protected boolean stage2FormatNotImplemented(StreamTableEntry ste) {
        return (id.ttf() & (ste.s2aa64() ? 2 : 1)) == 0;
    }

    @Rule("A-STE-19")
    protected boolean stage2GranuleUnsupported(StreamTableEntry ste) {
        return ste.s2aa64()
                && granule(ste).filter(granule -> id.supports(granule)).isEmpty();
    }

    @Rule("A-STE-21")
    protected boolean stage2BaseTooWide(StreamTableEntry ste) {
        boolean small = ste.s2aa64() && !GranuleCodes.is64k(granule(ste));
        int bits = Math.min(outputBits(ste), small ? 48 : 52);
        return ste.s2ttb() >>> bits != 0;
    }

    @Rule("A-STE-22")
    protected boolean stage2RangeTooSmall(StreamTableEntry ste) {
        int most = !id.stt() ? 39 : GranuleCodes.is64k(granule(ste)) ? 47 : 48;
        return ste.s2aa64() && ste.s2t0sz() > most;
    }

    @Rule("A-STE-24")
    protected boolean stage2RangeTooLarge(StreamTableEntry ste) {
        int floor = GranuleCodes.is64k(granule(ste)) ? 12 : 16;
        int least = id.atLeastV3(1) ? Math.max(floor, 64 - id.ias()) : 64 - id.ias();
        return ste.s2aa64() && ste.s2t0sz() < least;
    }

    @Rule("A-STE-25")
    protected boolean startLevelReserved(StreamTableEntry ste) {
        return ste.s2aa64() && granule(ste).isPresent() && startLevel(ste) < 0;
    }

    @Rule("A-STE-23")
    @Rule("A-STE-40")
    protected boolean startLevelDoesNotFit(StreamTableEntry ste) {
        if (!ste.s2aa64() || granule(ste).isEmpty() || startLevel(ste) < 0) {
            return false;
        }
        Granule granule = granule(ste).get();
        int inputBits = 64 - ste.s2t0sz();
        int covered = granule.coverage(startLevel(ste));
        return inputBits <= covered || inputBits > covered + granule.bitsPerLevel() + 4;
    }

    @Rule("A-STE-26")
    protected boolean stage2ByteOrderUnsupported(StreamTableEntry ste) {
        return byteOrderUnsupported(id, ste.s2endi());
    }

    @Rule("A-STE-27")
    @Rule("A-STE-28")
    protected boolean stage2HardwareUpdateUnsupported(StreamTableEntry ste) {
        boolean either = ste.s2ha() || ste.s2hd();
        return (either && (id.httu() == 0 || !ste.s2aa64())) || (ste.s2hd() && id.httu() == 1);
    }

    @Rule("A-STE-29")
    protected boolean stage2StallUnsupported(StreamTableEntry ste) {
        return ste.s2s() && id.stallModel() == 1;
    }

    @Rule("A-STE-30")
    protected boolean stage2StallMissing(StreamTableEntry ste) {
        return !ste.s2s() && id.stallModel() == 2;
    }

    @Rule("A-STE-31")
    protected boolean vmidTooWide(StreamTableEntry ste) {
        boolean used = id.s2p() && (ste.stage2Enabled() || (ste.stage1Enabled() && !worldSelectable(ste)));
        return used && !id.vmid16() && ste.s2vmid() > 0xFF;
    }

    /** Whether STRW takes a stage 1 stream out of NS-EL1. */
    private boolean worldSelectable(StreamTableEntry ste) {
        return id.hyp() && id.s1p() && ste.strw() == 2;
    }

    @Rule("A-STE-32")
    protected boolean forceWriteBackWithoutAarch64(StreamTableEntry ste) {
        return id.fwb() && ste.s2fwb() && !ste.s2aa64();
    }

    @Rule("A-STE-33")
    protected boolean splitAtsImpossible(StreamTableEntry ste) {
        boolean examined = id.ats() && (ste.config() & 0b11) != 0;
        return examined && ste.eats() == 2 && (ste.config() != 0b111 || ste.s2s() || id.ns1ats());
    }

    @Rule("A-STE-34")
    protected boolean atsWithStall(StreamTableEntry ste) {
        return id.ats() && ste.stage2Enabled() && ste.eats() == 1 && ste.s2s();
    }

    /** The effective output size of stage 2 in bits. */
    @Rule("A-STE-20")
    public int outputBits(StreamTableEntry ste) {
        int code = ste.s2ps() > 5 && !id.atLeastV3(1) ? 5 : ste.s2ps();
        return Math.min(IdRegisters.addressBits(code), id.oas());
    }

    /** S2TG: 00 4K, 01 64K, 10 16K, 11 reserved. */
    public static Optional<Granule> granule(StreamTableEntry ste) {
        return GranuleCodes.ofTg0(ste.s2tg());
    }

    /** The start level that S2SL0 selects, -1 if reserved. */
    public int startLevel(StreamTableEntry ste) {
        return granule(ste)
                .map(granule -> TableGeometry.stage2StartLevel(granule, ste.s2sl0(), id.stt()))
                .orElse(-1);
    }

    /** Whether IDR0.TTENDIAN excludes that byte order. */
    static boolean byteOrderUnsupported(IdRegisters id, boolean bigEndian) {
        return id.ttendian() == (bigEndian ? 2 : 3);
    }
}
