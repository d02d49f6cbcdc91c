package org.nestor.smmu.register;

import org.nestor.smmu.format.Layout;

/** The layouts of the registers that are not ID registers (IHI 0070 section 6.3), each in one doubleword. */
public final class RegisterLayouts {

    /** A register that reads as zero because its feature is never implemented. */
    public static final Layout RES0 = table("RES0", "");

    public static final Layout CR0 = table("CR0", """
            0 0  0  SMMUEN      6.3.9
            0 1  1  PRIQEN      6.3.9
            0 2  2  EVENTQEN    6.3.9
            0 3  3  CMDQEN      6.3.9
            0 4  4  ATSCHK      6.3.9
            0 8  6  VMW         6.3.9, RES0 unless IDR0.VMW
            0 10 10 DPT_WALK_EN 6.3.9, SMMUv3.3
            """);

    public static final Layout CR1 = table("CR1", """
            0 1  0  QUEUE_IC 6.3 CR1
            0 3  2  QUEUE_OC 6.3 CR1
            0 5  4  QUEUE_SH 6.3 CR1
            0 7  6  TABLE_IC 6.3 CR1
            0 9  8  TABLE_OC 6.3 CR1
            0 11 10 TABLE_SH 6.3 CR1
            """);

    public static final Layout CR2 = table("CR2", """
            0 0 0 E2H         6.3 CR2
            0 1 1 RECINVSID   6.3 CR2
            0 2 2 PTM         6.3 CR2, exists if IDR0.BTM
            0 3 3 REC_CFG_ATS 6.3 CR2, exists if IDR0.ATSRECERR
            """);

    public static final Layout STATUSR = table("STATUSR", "0 0 0 DORMANT 6.3 STATUSR");

    public static final Layout GBPA = table("GBPA", """
            0 3  0  MemAttr  6.3.14
            0 4  4  MTCFG    6.3.14
            0 11 8  ALLOCCFG 6.3.14
            0 13 12 SHCFG    6.3.14
            0 17 16 PRIVCFG  6.3.14
            0 19 18 INSTCFG  6.3.14
            0 20 20 ABORT    6.3.14
            0 31 31 Update   6.3.14
            """);

    /** IDR4 and AGBPA. */
    public static final Layout IMPLEMENTATION_DEFINED = table("IMPDEF", "0 31 0 IMPDEF 6.3 IMPLEMENTATION DEFINED");

    public static final Layout IRQ_CTRL = table("IRQ_CTRL", """
            0 0 0 GERROR_IRQEN 6.3 IRQ_CTRL
            0 1 1 PRIQ_IRQEN   6.3 IRQ_CTRL
            0 2 2 EVENTQ_IRQEN 6.3 IRQ_CTRL
            """);

    public static final Layout GERROR = table("GERROR", """
            0 0  0  CMDQ_ERR           6.3 GERROR
            0 2  2  EVENTQ_ABT_ERR     6.3 GERROR
            0 3  3  PRIQ_ABT_ERR       6.3 GERROR
            0 4  4  MSI_CMDQ_ABT_ERR   6.3 GERROR
            0 5  5  MSI_EVENTQ_ABT_ERR 6.3 GERROR
            0 6  6  MSI_PRIQ_ABT_ERR   6.3 GERROR
            0 7  7  MSI_GERROR_ABT_ERR 6.3 GERROR
            0 8  8  SFM_ERR            6.3 GERROR
            0 9  9  CMDQP_ERR          6.3 GERROR, ECMDQ
            0 10 10 DPT_ERR            6.3 GERROR, DPT
            """);

    public static final Layout IRQ_CFG0 = table("IRQ_CFG0", "0 51 2 ADDR 6.3 IRQ_CFG0");
    public static final Layout IRQ_CFG1 = table("IRQ_CFG1", "0 31 0 DATA 6.3 IRQ_CFG1");
    public static final Layout IRQ_CFG2 = table("IRQ_CFG2", """
            0 3 0 MemAttr 6.3 IRQ_CFG2
            0 5 4 SH      6.3 IRQ_CFG2
            """);
    public static final Layout PRIQ_IRQ_CFG2 = table("PRIQ_IRQ_CFG2", """
            0 3  0  MemAttr 6.3 PRIQ_IRQ_CFG2
            0 5  4  SH      6.3 PRIQ_IRQ_CFG2
            0 31 31 LO      6.3 PRIQ_IRQ_CFG2
            """);

    public static final Layout STRTAB_BASE = table("STRTAB_BASE", """
            0 51 6  ADDR 6.3 STRTAB_BASE
            0 62 62 RA   6.3 STRTAB_BASE
            """);

    public static final Layout STRTAB_BASE_CFG = table("STRTAB_BASE_CFG", """
            0 5  0  LOG2SIZE 6.3 STRTAB_BASE_CFG
            0 10 6  SPLIT    6.3 STRTAB_BASE_CFG
            0 17 16 FMT      6.3 STRTAB_BASE_CFG
            """);

    public static final Layout CMDQ_BASE = table("CMDQ_BASE", """
            0 4  0  LOG2SIZE 6.3 CMDQ_BASE
            0 51 5  ADDR     6.3 CMDQ_BASE
            0 62 62 RA       6.3 CMDQ_BASE
            """);
    public static final Layout CMDQ_PROD = table("CMDQ_PROD", "0 19 0 WR 6.3.27");
    public static final Layout CMDQ_CONS = table("CMDQ_CONS", """
            0 19 0  RD  6.3 CMDQ_CONS
            0 30 24 ERR 6.3 CMDQ_CONS, UNKNOWN unless CMDQ_ERR is active
            """);

    /** EVENTQ_BASE and PRIQ_BASE. */
    public static final Layout OUTPUT_QUEUE_BASE = table("EVENTQ_BASE", """
            0 4  0  LOG2SIZE 6.3 EVENTQ_BASE
            0 51 5  ADDR     6.3 EVENTQ_BASE
            0 62 62 WA       6.3 EVENTQ_BASE
            """);

    /** EVENTQ_PROD and PRIQ_PROD. */
    public static final Layout OUTPUT_QUEUE_PROD = table("EVENTQ_PROD", """
            0 19 0  WR    6.3 EVENTQ_PROD
            0 31 31 OVFLG 6.3 EVENTQ_PROD
            """);

    /** EVENTQ_CONS and PRIQ_CONS. */
    public static final Layout OUTPUT_QUEUE_CONS = table("EVENTQ_CONS", """
            0 19 0  RD       6.3 EVENTQ_CONS
            0 31 31 OVACKFLG 6.3 EVENTQ_CONS
            """);

    public static final Layout GATOS_CTRL = table("GATOS_CTRL", "0 0 0 RUN 6.3 GATOS_CTRL");
    public static final Layout GATOS_SID = table("GATOS_SID", """
            0 31 0  STREAMID    6.3 GATOS_SID
            0 51 32 SUBSTREAMID 6.3 GATOS_SID
            0 52 52 SSID_VALID  6.3 GATOS_SID
            """);
    public static final Layout GATOS_ADDR = table("GATOS_ADDR", """
            0 6  6  HTTUI 6.3 GATOS_ADDR
            0 7  7  InD   6.3 GATOS_ADDR
            0 8  8  RnW   6.3 GATOS_ADDR
            0 9  9  PnU   6.3 GATOS_ADDR
            0 11 10 TYPE  6.3 GATOS_ADDR
            0 63 12 ADDR  6.3 GATOS_ADDR
            """);
    /** The layout of a successful result; with FAULT = 1 the other bits hold the fault. */
    public static final Layout GATOS_PAR = table("GATOS_PAR", """
            0 0  0  FAULT 6.3 GATOS_PAR
            0 9  8  SH    6.3 GATOS_PAR
            0 11 11 Size  6.3 GATOS_PAR
            0 51 12 ADDR  6.3 GATOS_PAR
            0 63 56 ATTR  6.3 GATOS_PAR
            """);

    private RegisterLayouts() {}

    private static Layout table(String name, String rows) {
        return Layout.table(name, 1, rows);
    }
}
