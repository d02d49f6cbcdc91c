package org.nestor.smmu.format;

/** Context descriptor: 64 bytes, IHI 0070 section 5.4. */
public record ContextDescriptor(Line line) implements Structure {

    /** The layout for SMMUv3.0 to v3.2. */
    public static final Layout LAYOUT = Layout.table("CD", Line.DOUBLEWORDS, """
            # dw  high low  name    clause
              0   5    0    T0SZ    5.4 CD.T0SZ
              0   7    6    TG0     5.4 CD.TG0
              0   9    8    IR0     5.4 CD.IR0
              0   11   10   OR0     5.4 CD.OR0
              0   13   12   SH0     5.4 CD.SH0
              0   14   14   EPD0    5.4 CD.EPD0
              0   15   15   ENDI    5.4 CD.ENDI
              0   21   16   T1SZ    5.4 CD.T1SZ
              0   23   22   TG1     5.4 CD.TG1
              0   25   24   IR1     5.4 CD.IR1
              0   27   26   OR1     5.4 CD.OR1
              0   29   28   SH1     5.4 CD.SH1
              0   30   30   EPD1    5.4 CD.EPD1
              0   31   31   V       5.4 CD.V
              0   34   32   IPS     5.4 CD.IPS
              0   35   35   AFFD    5.4 CD.AFFD
              0   36   36   WXN     5.4 CD.WXN
              0   37   37   UWXN    5.4 CD.UWXN
              0   38   38   TBI0    5.4 CD.TBI0
              0   39   39   TBI1    5.4 CD.TBI1
              0   40   40   PAN     5.4 CD.PAN
              0   41   41   AA64    5.4 CD.AA64
              0   42   42   HD      5.4 CD.HD
              0   43   43   HA      5.4 CD.HA
              0   44   44   S       5.4 CD.S
              0   45   45   R       5.4 CD.R
              0   46   46   A       5.4 CD.A
              0   47   47   ASET    5.4 CD.ASET
              0   63   48   ASID    5.4 CD.ASID
              1   0    0    NSCFG0  5.4 CD.NSCFG0, Secure
              1   1    1    HAD0    5.4 CD.HAD0
              1   2    2    E0PD0   5.4 CD.E0PD0
              1   51   4    TTB0    5.4 CD.TTB0
              1   63   60   HWU0    5.4 CD.HWU059 to HWU062
              2   0    0    NSCFG1  5.4 CD.NSCFG1, Secure
              2   1    1    HAD1    5.4 CD.HAD1
              2   2    2    E0PD1   5.4 CD.E0PD1
              2   51   4    TTB1    5.4 CD.TTB1
              2   63   60   HWU1    5.4 CD.HWU159 to HWU162
              3   63   0    MAIR    5.4 CD.MAIR
              4   63   0    AMAIR   5.4 CD.AMAIR
              5   15   0    PARTID  5.4 CD.PARTID, MPAM
              5   23   16   PMG     5.4 CD.PMG, MPAM
            """);

    private static final Field T0SZ = LAYOUT.field("T0SZ");
    private static final Field TG0 = LAYOUT.field("TG0");
    private static final Field IR0 = LAYOUT.field("IR0");
    private static final Field OR0 = LAYOUT.field("OR0");
    private static final Field SH0 = LAYOUT.field("SH0");
    private static final Field EPD0 = LAYOUT.field("EPD0");
    private static final Field ENDI = LAYOUT.field("ENDI");
    private static final Field T1SZ = LAYOUT.field("T1SZ");
    private static final Field TG1 = LAYOUT.field("TG1");
    private static final Field IR1 = LAYOUT.field("IR1");
    private static final Field OR1 = LAYOUT.field("OR1");
    private static final Field SH1 = LAYOUT.field("SH1");
    private static final Field EPD1 = LAYOUT.field("EPD1");
    private static final Field V = LAYOUT.field("V");
    private static final Field IPS = LAYOUT.field("IPS");
    private static final Field AFFD = LAYOUT.field("AFFD");
    private static final Field WXN = LAYOUT.field("WXN");
    private static final Field UWXN = LAYOUT.field("UWXN");
    private static final Field TBI0 = LAYOUT.field("TBI0");
    private static final Field TBI1 = LAYOUT.field("TBI1");
    private static final Field PAN = LAYOUT.field("PAN");
    private static final Field AA64 = LAYOUT.field("AA64");
    private static final Field HD = LAYOUT.field("HD");
    private static final Field HA = LAYOUT.field("HA");
    private static final Field S = LAYOUT.field("S");
    private static final Field R = LAYOUT.field("R");
    private static final Field A = LAYOUT.field("A");
    private static final Field ASET = LAYOUT.field("ASET");
    private static final Field ASID = LAYOUT.field("ASID");
    private static final Field HAD0 = LAYOUT.field("HAD0");
    private static final Field E0PD0 = LAYOUT.field("E0PD0");
    private static final Field TTB0 = LAYOUT.field("TTB0");
    private static final Field HAD1 = LAYOUT.field("HAD1");
    private static final Field E0PD1 = LAYOUT.field("E0PD1");
    private static final Field TTB1 = LAYOUT.field("TTB1");
    private static final Field MAIR = LAYOUT.field("MAIR");

    public int t0sz() {
        return (int) get(T0SZ);
    }

    public int tg0() {
        return (int) get(TG0);
    }

    public int ir0() {
        return (int) get(IR0);
    }

    public int or0() {
        return (int) get(OR0);
    }

    public int sh0() {
        return (int) get(SH0);
    }

    public boolean epd0() {
        return isSet(EPD0);
    }

    public boolean endi() {
        return isSet(ENDI);
    }

    public int t1sz() {
        return (int) get(T1SZ);
    }

    public int tg1() {
        return (int) get(TG1);
    }

    public int ir1() {
        return (int) get(IR1);
    }

    public int or1() {
        return (int) get(OR1);
    }

    public int sh1() {
        return (int) get(SH1);
    }

    public boolean epd1() {
        return isSet(EPD1);
    }

    public boolean v() {
        return isSet(V);
    }

    public int ips() {
        return (int) get(IPS);
    }

    public boolean affd() {
        return isSet(AFFD);
    }

    public boolean wxn() {
        return isSet(WXN);
    }

    public boolean uwxn() {
        return isSet(UWXN);
    }

    public boolean tbi0() {
        return isSet(TBI0);
    }

    public boolean tbi1() {
        return isSet(TBI1);
    }

    public boolean pan() {
        return isSet(PAN);
    }

    public boolean aa64() {
        return isSet(AA64);
    }

    public boolean hd() {
        return isSet(HD);
    }

    public boolean ha() {
        return isSet(HA);
    }

    public boolean s() {
        return isSet(S);
    }

    public boolean r() {
        return isSet(R);
    }

    public boolean a() {
        return isSet(A);
    }

    public boolean aset() {
        return isSet(ASET);
    }

    public int asid() {
        return (int) get(ASID);
    }

    public boolean had0() {
        return isSet(HAD0);
    }

    public boolean e0pd0() {
        return isSet(E0PD0);
    }

    /** Address bits [51:4], in place. */
    public long ttb0() {
        return TTB0.inPlace(doubleword(TTB0.doubleword()));
    }

    public boolean had1() {
        return isSet(HAD1);
    }

    public boolean e0pd1() {
        return isSet(E0PD1);
    }

    /** Address bits [51:4], in place. */
    public long ttb1() {
        return TTB1.inPlace(doubleword(TTB1.doubleword()));
    }

    public long mair() {
        return get(MAIR);
    }

    @Override
    public Layout layout() {
        return LAYOUT;
    }

    @Override
    public long doubleword(int index) {
        return line.doubleword(index);
    }
}
