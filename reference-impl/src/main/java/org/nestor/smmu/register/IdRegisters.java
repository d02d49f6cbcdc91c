package org.nestor.smmu.register;

import java.util.List;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.Layout;

/** The ID registers: what this SMMU implements (IHI 0070 section 6.3.1 to 6.3.8). All legality follows from them. */
public record IdRegisters(int idr0, int idr1, int idr2, int idr3, int idr4, int idr5, int iidr, int aidr) {

    public static final Layout IDR0 = Layout.table("IDR0", 1, """
            0 0  0  S2P         6.3.1
            0 1  1  S1P         6.3.1
            0 3  2  TTF         6.3.1
            0 4  4  COHACC      6.3.1
            0 5  5  BTM         6.3.1
            0 7  6  HTTU        6.3.1
            0 8  8  DORMHINT    6.3.1
            0 9  9  HYP         6.3.1
            0 10 10 ATS         6.3.1
            0 11 11 NS1ATS      6.3.1
            0 12 12 ASID16      6.3.1
            0 13 13 MSI         6.3.1
            0 14 14 SEV         6.3.1
            0 15 15 ATOS        6.3.1
            0 16 16 PRI         6.3.1
            0 17 17 VMW         6.3.1
            0 18 18 VMID16      6.3.1
            0 19 19 CD2L        6.3.1
            0 20 20 VATOS       6.3.1
            0 22 21 TTENDIAN    6.3.1
            0 23 23 ATSRECERR   6.3.1
            0 25 24 STALL_MODEL 6.3.1
            0 26 26 TERM_MODEL  6.3.1
            0 28 27 ST_LEVEL    6.3.1
            0 30 30 RME_IMPL    6.3.1
            """);

    public static final Layout IDR1 = Layout.table("IDR1", 1, """
            0 5  0  SIDSIZE        6.3.2
            0 10 6  SSIDSIZE       6.3.2
            0 15 11 PRIQS          6.3.2
            0 20 16 EVENTQS        6.3.2
            0 25 21 CMDQS          6.3.2
            0 26 26 ATTR_PERMS_OVR 6.3.2
            0 27 27 ATTR_TYPES_OVR 6.3.2
            0 28 28 REL            6.3.2
            0 29 29 QUEUES_PRESET  6.3.2
            0 30 30 TABLES_PRESET  6.3.2
            0 31 31 ECMDQ          6.3.2
            """);

    public static final Layout IDR2 = Layout.table("IDR2", 1, "0 9 0 BA_VATOS 6.3.3");

    public static final Layout IDR3 = Layout.table("IDR3", 1, """
            0 2  2  HAD    6.3.4
            0 3  3  PBHA   6.3.4
            0 4  4  XNX    6.3.4
            0 5  5  PPS    6.3.4
            0 7  7  MPAM   6.3.4
            0 8  8  FWB    6.3.4
            0 9  9  STT    6.3.4
            0 10 10 RIL    6.3.4
            0 12 11 BBML   6.3.4
            0 13 13 E0PD   6.3.4
            0 14 14 PTWNNC 6.3.4
            0 15 15 DPT    6.3.4
            """);

    public static final Layout IDR5 = Layout.table("IDR5", 1, """
            0 2  0  OAS       6.3.6
            0 4  4  GRAN4K    6.3.6
            0 5  5  GRAN16K   6.3.6
            0 6  6  GRAN64K   6.3.6
            0 11 10 VAX       6.3.6
            0 31 16 STALL_MAX 6.3.6
            """);

    public static final Layout IIDR = Layout.table("IIDR", 1, """
            0 31 20 ProductID   6.3.7
            0 19 16 Variant     6.3.7
            0 15 12 Revision    6.3.7
            0 11 0  Implementer 6.3.7
            """);

    public static final Layout AIDR = Layout.table("AIDR", 1, """
            0 7 4 ArchMajorRev 6.3.8
            0 3 0 ArchMinorRev 6.3.8
            """);

    private static final Field S2P = IDR0.field("S2P");
    private static final Field S1P = IDR0.field("S1P");
    private static final Field TTF = IDR0.field("TTF");
    private static final Field COHACC = IDR0.field("COHACC");
    private static final Field BTM = IDR0.field("BTM");
    private static final Field HTTU = IDR0.field("HTTU");
    private static final Field HYP = IDR0.field("HYP");
    private static final Field ATS = IDR0.field("ATS");
    private static final Field NS1ATS = IDR0.field("NS1ATS");
    private static final Field ASID16 = IDR0.field("ASID16");
    private static final Field MSI = IDR0.field("MSI");
    private static final Field SEV = IDR0.field("SEV");
    private static final Field PRI = IDR0.field("PRI");
    private static final Field VMW = IDR0.field("VMW");
    private static final Field VMID16 = IDR0.field("VMID16");
    private static final Field CD2L = IDR0.field("CD2L");
    private static final Field TTENDIAN = IDR0.field("TTENDIAN");
    private static final Field ATSRECERR = IDR0.field("ATSRECERR");
    private static final Field STALL_MODEL = IDR0.field("STALL_MODEL");
    private static final Field TERM_MODEL = IDR0.field("TERM_MODEL");
    private static final Field ST_LEVEL = IDR0.field("ST_LEVEL");
    private static final Field SIDSIZE = IDR1.field("SIDSIZE");
    private static final Field SSIDSIZE = IDR1.field("SSIDSIZE");
    private static final Field PRIQS = IDR1.field("PRIQS");
    private static final Field EVENTQS = IDR1.field("EVENTQS");
    private static final Field CMDQS = IDR1.field("CMDQS");
    private static final Field ATTR_PERMS_OVR = IDR1.field("ATTR_PERMS_OVR");
    private static final Field ATTR_TYPES_OVR = IDR1.field("ATTR_TYPES_OVR");
    private static final Field QUEUES_PRESET = IDR1.field("QUEUES_PRESET");
    private static final Field TABLES_PRESET = IDR1.field("TABLES_PRESET");
    private static final Field HAD = IDR3.field("HAD");
    private static final Field XNX = IDR3.field("XNX");
    private static final Field PPS = IDR3.field("PPS");
    private static final Field FWB = IDR3.field("FWB");
    private static final Field STT = IDR3.field("STT");
    private static final Field RIL = IDR3.field("RIL");
    private static final Field BBML = IDR3.field("BBML");
    private static final Field E0PD = IDR3.field("E0PD");
    private static final Field PTWNNC = IDR3.field("PTWNNC");
    private static final Field OAS = IDR5.field("OAS");
    private static final Field GRAN4K = IDR5.field("GRAN4K");
    private static final Field GRAN16K = IDR5.field("GRAN16K");
    private static final Field GRAN64K = IDR5.field("GRAN64K");
    private static final Field VAX = IDR5.field("VAX");
    private static final Field STALL_MAX = IDR5.field("STALL_MAX");
    private static final Field ARCH_MAJOR_REV = AIDR.field("ArchMajorRev");
    private static final Field ARCH_MINOR_REV = AIDR.field("ArchMinorRev");

    public boolean s2p() {
        return S2P.isSet(idr0);
    }

    public boolean s1p() {
        return S1P.isSet(idr0);
    }

    public int ttf() {
        return idr0(TTF);
    }

    public boolean cohacc() {
        return COHACC.isSet(idr0);
    }

    public boolean btm() {
        return BTM.isSet(idr0);
    }

    public int httu() {
        return idr0(HTTU);
    }

    public boolean hyp() {
        return HYP.isSet(idr0);
    }

    public boolean ats() {
        return ATS.isSet(idr0);
    }

    public boolean ns1ats() {
        return NS1ATS.isSet(idr0);
    }

    public boolean asid16() {
        return ASID16.isSet(idr0);
    }

    public boolean msi() {
        return MSI.isSet(idr0);
    }

    public boolean sev() {
        return SEV.isSet(idr0);
    }

    public boolean pri() {
        return PRI.isSet(idr0);
    }

    public boolean vmw() {
        return VMW.isSet(idr0);
    }

    public boolean vmid16() {
        return VMID16.isSet(idr0);
    }

    public boolean cd2l() {
        return CD2L.isSet(idr0);
    }

    public int ttendian() {
        return idr0(TTENDIAN);
    }

    public boolean atsrecerr() {
        return ATSRECERR.isSet(idr0);
    }

    public int stallModel() {
        return idr0(STALL_MODEL);
    }

    public boolean termModel() {
        return TERM_MODEL.isSet(idr0);
    }

    public int stLevel() {
        return idr0(ST_LEVEL);
    }

    public int sidSize() {
        return idr1(SIDSIZE);
    }

    public int ssidSize() {
        return idr1(SSIDSIZE);
    }

    public int priqs() {
        return idr1(PRIQS);
    }

    public int eventqs() {
        return idr1(EVENTQS);
    }

    public int cmdqs() {
        return idr1(CMDQS);
    }

    public boolean attrPermsOvr() {
        return ATTR_PERMS_OVR.isSet(idr1);
    }

    public boolean attrTypesOvr() {
        return ATTR_TYPES_OVR.isSet(idr1);
    }

    public boolean queuesPreset() {
        return QUEUES_PRESET.isSet(idr1);
    }

    public boolean tablesPreset() {
        return TABLES_PRESET.isSet(idr1);
    }

    public boolean had() {
        return HAD.isSet(idr3);
    }

    public boolean xnx() {
        return XNX.isSet(idr3);
    }

    public boolean pps() {
        return PPS.isSet(idr3);
    }

    public boolean fwb() {
        return FWB.isSet(idr3);
    }

    public boolean stt() {
        return STT.isSet(idr3);
    }

    public boolean ril() {
        return RIL.isSet(idr3);
    }

    public int bbml() {
        return idr3(BBML);
    }

    public boolean e0pd() {
        return E0PD.isSet(idr3);
    }

    public boolean ptwnnc() {
        return PTWNNC.isSet(idr3);
    }

    public boolean gran4k() {
        return GRAN4K.isSet(idr5);
    }

    public boolean gran16k() {
        return GRAN16K.isSet(idr5);
    }

    public boolean gran64k() {
        return GRAN64K.isSet(idr5);
    }

    public int vax() {
        return idr5(VAX);
    }

    public int stallMax() {
        return idr5(STALL_MAX);
    }

    private int idr0(Field field) {
        return (int) field.extract(Integer.toUnsignedLong(idr0));
    }

    private int idr1(Field field) {
        return (int) field.extract(Integer.toUnsignedLong(idr1));
    }

    private int idr3(Field field) {
        return (int) field.extract(Integer.toUnsignedLong(idr3));
    }

    private int idr5(Field field) {
        return (int) field.extract(Integer.toUnsignedLong(idr5));
    }

    /** OAS as the code shared with CD.IPS and STE.S2PS. */
    public int oasCode() {
        return idr5(OAS);
    }

    /** Output address size in bits: 32, 36, 40, 42, 44, 48 or 52; the reserved code 7 counts as 52. */
    public int oas() {
        return addressBits(idr5(OAS));
    }

    /** Intermediate address size in bits; AArch32 tables, where supported, need at least 40. */
    public int ias() {
        return switch (ttf()) {
            case 1 -> 40;
            case 3 -> Math.max(40, oas());
            default -> oas();
        };
    }

    /** Decodes the address size code shared by IDR5.OAS, CD.IPS and STE.S2PS: code 7 acts as 6, v3.1 to v3.3. */
    public static int addressBits(int code) {
        return switch (code) {
            case 0 -> 32;
            case 1 -> 36;
            case 2 -> 40;
            case 3 -> 42;
            case 4 -> 44;
            case 5 -> 48;
            default -> 52;
        };
    }

    public boolean supports(Granule granule) {
        return switch (granule) {
            case KB4 -> gran4k();
            case KB16 -> gran16k();
            case KB64 -> gran64k();
        };
    }

    public int archMajorRev() {
        return (int) ARCH_MAJOR_REV.extract(Integer.toUnsignedLong(aidr));
    }

    /**
     * What keeps these values from being those of an SMMU that the model can be: a sentence for each conflict, empty if
     * there is none.
     */
    public List<String> inconsistencies() {
        return IdConsistency.conflicts(this);
    }

    /** Architecture minor version is at least {@code minor}: 0 for SMMUv3.0, 2 for SMMUv3.2. */
    public boolean atLeastV3(int minor) {
        return (int) ARCH_MINOR_REV.extract(aidr) >= minor;
    }
}
