package org.nestor.smmu.format;

/** Stream table entry: 64 bytes, IHI 0070 section 5.2. */
public record StreamTableEntry(Line line) implements Structure {

    /** The layout of the Non-secure fields of SMMUv3.0 to v3.2; the rest is named only so that its bits are not reused. */
    public static final Layout LAYOUT = Layout.table("STE", Line.DOUBLEWORDS, """
            # dw  high low  name          clause
              0   0    0    V             5.2 STE.V
              0   3    1    Config        5.2 STE.Config
              0   5    4    S1Fmt         5.2 STE.S1Fmt
              0   51   6    S1ContextPtr  5.2 STE.S1ContextPtr
              0   63   59   S1CDMax       5.2 STE.S1CDMax
              1   1    0    S1DSS         5.2 STE.S1DSS
              1   3    2    S1CIR         5.2 STE.S1CIR
              1   5    4    S1COR         5.2 STE.S1COR
              1   7    6    S1CSH         5.2 STE.S1CSH
              1   11   8    S2HWU         5.2 STE.S2HWU59 to S2HWU62
              1   12   12   DRE           5.2 STE.DRE
              1   16   13   CONT          5.2 STE.CONT
              1   17   17   DCP           5.2 STE.DCP
              1   18   18   PPAR          5.2 STE.PPAR
              1   19   19   MEV           5.2 STE.MEV
              1   23   20   SW_RESERVED   5.2 STE.SW_RESERVED
              1   25   25   S2FWB         5.2 STE.S2FWB
              1   26   26   S1MPAM        5.2 STE.S1MPAM
              1   27   27   S1STALLD      5.2 STE.S1STALLD
              1   29   28   EATS          5.2 STE.EATS
              1   31   30   STRW          5.2 STE.STRW
              1   35   32   MemAttr       5.2 STE.MemAttr
              1   36   36   MTCFG         5.2 STE.MTCFG
              1   40   37   ALLOCCFG      5.2 STE.ALLOCCFG
              1   45   44   SHCFG         5.2 STE.SHCFG
              1   47   46   NSCFG         5.2 STE.NSCFG
              1   49   48   PRIVCFG       5.2 STE.PRIVCFG
              1   51   50   INSTCFG       5.2 STE.INSTCFG
              1   63   52   IMPDEF1       5.2 IMPLEMENTATION DEFINED
              2   15   0    S2VMID        5.2 STE.S2VMID
              2   31   16   IMPDEF2       5.2 IMPLEMENTATION DEFINED
              2   37   32   S2T0SZ        5.2 STE.S2T0SZ
              2   39   38   S2SL0         5.2 STE.S2SL0
              2   41   40   S2IR0         5.2 STE.S2IR0
              2   43   42   S2OR0         5.2 STE.S2OR0
              2   45   44   S2SH0         5.2 STE.S2SH0
              2   47   46   S2TG          5.2 STE.S2TG
              2   50   48   S2PS          5.2 STE.S2PS
              2   51   51   S2AA64        5.2 STE.S2AA64
              2   52   52   S2ENDI        5.2 STE.S2ENDI
              2   53   53   S2AFFD        5.2 STE.S2AFFD
              2   54   54   S2PTW         5.2 STE.S2PTW
              2   55   55   S2HD          5.2 STE.S2HD
              2   56   56   S2HA          5.2 STE.S2HA
              2   57   57   S2S           5.2 STE.S2S
              2   58   58   S2R           5.2 STE.S2R
              3   0    0    S2NSW         5.2 STE.S2NSW, Secure
              3   1    1    S2NSA         5.2 STE.S2NSA, Secure
              3   51   4    S2TTB         5.2 STE.S2TTB
              4   15   0    IMPDEF4       5.2 IMPLEMENTATION DEFINED
              4   31   16   PARTID        5.2 STE.PARTID, MPAM
              4   37   32   S_S2T0SZ      5.2 STE.S_S2T0SZ, Secure
              4   39   38   S_S2SL0       5.2 STE.S_S2SL0, Secure
              4   47   46   S_S2TG        5.2 STE.S_S2TG, Secure
              5   7    0    PMG           5.2 STE.PMG, MPAM
              5   51   12   VMSPtr        5.2 STE.VMSPtr, MPAM
              6   0    0    S2SW          5.2 STE.S2SW, Secure
              6   1    1    S2SA          5.2 STE.S2SA, Secure
              6   51   4    S_S2TTB       5.2 STE.S_S2TTB, Secure
            """);

    private static final Field V = LAYOUT.field("V");
    private static final Field CONFIG = LAYOUT.field("Config");
    private static final Field S1FMT = LAYOUT.field("S1Fmt");
    private static final Field S1_CONTEXT_PTR = LAYOUT.field("S1ContextPtr");
    private static final Field S1_CD_MAX = LAYOUT.field("S1CDMax");
    private static final Field S1DSS = LAYOUT.field("S1DSS");
    private static final Field S1CIR = LAYOUT.field("S1CIR");
    private static final Field S1COR = LAYOUT.field("S1COR");
    private static final Field S1CSH = LAYOUT.field("S1CSH");
    private static final Field DRE = LAYOUT.field("DRE");
    private static final Field CONT = LAYOUT.field("CONT");
    private static final Field PPAR = LAYOUT.field("PPAR");
    private static final Field MEV = LAYOUT.field("MEV");
    private static final Field S2FWB = LAYOUT.field("S2FWB");
    private static final Field S1STALLD = LAYOUT.field("S1STALLD");
    private static final Field EATS = LAYOUT.field("EATS");
    private static final Field STRW = LAYOUT.field("STRW");
    private static final Field MEM_ATTR = LAYOUT.field("MemAttr");
    private static final Field MTCFG = LAYOUT.field("MTCFG");
    private static final Field ALLOCCFG = LAYOUT.field("ALLOCCFG");
    private static final Field SHCFG = LAYOUT.field("SHCFG");
    private static final Field PRIVCFG = LAYOUT.field("PRIVCFG");
    private static final Field INSTCFG = LAYOUT.field("INSTCFG");
    private static final Field S2VMID = LAYOUT.field("S2VMID");
    private static final Field S2T0SZ = LAYOUT.field("S2T0SZ");
    private static final Field S2SL0 = LAYOUT.field("S2SL0");
    private static final Field S2IR0 = LAYOUT.field("S2IR0");
    private static final Field S2OR0 = LAYOUT.field("S2OR0");
    private static final Field S2SH0 = LAYOUT.field("S2SH0");
    private static final Field S2TG = LAYOUT.field("S2TG");
    private static final Field S2PS = LAYOUT.field("S2PS");
    private static final Field S2AA64 = LAYOUT.field("S2AA64");
    private static final Field S2ENDI = LAYOUT.field("S2ENDI");
    private static final Field S2AFFD = LAYOUT.field("S2AFFD");
    private static final Field S2PTW = LAYOUT.field("S2PTW");
    private static final Field S2HD = LAYOUT.field("S2HD");
    private static final Field S2HA = LAYOUT.field("S2HA");
    private static final Field S2S = LAYOUT.field("S2S");
    private static final Field S2R = LAYOUT.field("S2R");
    private static final Field S2TTB = LAYOUT.field("S2TTB");

    public boolean v() {
        return isSet(V);
    }

    public int config() {
        return (int) get(CONFIG);
    }

    public int s1Fmt() {
        return (int) get(S1FMT);
    }

    /** Address bits [51:6], in place. */
    public long s1ContextPtr() {
        return S1_CONTEXT_PTR.inPlace(doubleword(S1_CONTEXT_PTR.doubleword()));
    }

    public int s1CdMax() {
        return (int) get(S1_CD_MAX);
    }

    public int s1dss() {
        return (int) get(S1DSS);
    }

    public int s1cir() {
        return (int) get(S1CIR);
    }

    public int s1cor() {
        return (int) get(S1COR);
    }

    public int s1csh() {
        return (int) get(S1CSH);
    }

    public boolean dre() {
        return isSet(DRE);
    }

    public int cont() {
        return (int) get(CONT);
    }

    public boolean ppar() {
        return isSet(PPAR);
    }

    public boolean mev() {
        return isSet(MEV);
    }

    public boolean s2fwb() {
        return isSet(S2FWB);
    }

    public boolean s1stalld() {
        return isSet(S1STALLD);
    }

    public int eats() {
        return (int) get(EATS);
    }

    public int strw() {
        return (int) get(STRW);
    }

    public int memAttr() {
        return (int) get(MEM_ATTR);
    }

    public boolean mtcfg() {
        return isSet(MTCFG);
    }

    public int alloccfg() {
        return (int) get(ALLOCCFG);
    }

    public int shcfg() {
        return (int) get(SHCFG);
    }

    public int privcfg() {
        return (int) get(PRIVCFG);
    }

    public int instcfg() {
        return (int) get(INSTCFG);
    }

    public int s2vmid() {
        return (int) get(S2VMID);
    }

    public int s2t0sz() {
        return (int) get(S2T0SZ);
    }

    public int s2sl0() {
        return (int) get(S2SL0);
    }

    public int s2ir0() {
        return (int) get(S2IR0);
    }

    public int s2or0() {
        return (int) get(S2OR0);
    }

    public int s2sh0() {
        return (int) get(S2SH0);
    }

    public int s2tg() {
        return (int) get(S2TG);
    }

    public int s2ps() {
        return (int) get(S2PS);
    }

    public boolean s2aa64() {
        return isSet(S2AA64);
    }

    public boolean s2endi() {
        return isSet(S2ENDI);
    }

    public boolean s2affd() {
        return isSet(S2AFFD);
    }

    public boolean s2ptw() {
        return isSet(S2PTW);
    }

    public boolean s2hd() {
        return isSet(S2HD);
    }

    public boolean s2ha() {
        return isSet(S2HA);
    }

    public boolean s2s() {
        return isSet(S2S);
    }

    public boolean s2r() {
        return isSet(S2R);
    }

    /** Address bits [51:4], in place. */
    public long s2ttb() {
        return S2TTB.inPlace(doubleword(S2TTB.doubleword()));
    }

    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public long doubleword(int index) {
        return line.doubleword(index);
    }

    /** Config[2] = 0: traffic is aborted without an event. */
    public boolean aborts() {
        return (config() & 0b100) == 0;
    }

    /** Config = 0b1x1: stage 1 translates. */
    public boolean stage1Enabled() {
        return (config() & 0b101) == 0b101;
    }

    /** Config = 0b11x: stage 2 translates. */
    public boolean stage2Enabled() {
        return (config() & 0b110) == 0b110;
    }
}
