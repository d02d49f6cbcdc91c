package org.nestor.smmu.walk;

/**
 * The register values that the translation procedure depends on, as they were when SMMUEN was last acknowledged as 1 (the guarded
 * registers) or now (CR0).
 *
 * @param enabled SMMUEN as acknowledged
 * @param strtabBase STRTAB_BASE
 * @param strtabBaseCfg STRTAB_BASE_CFG
 * @param cr2 CR2
 * @param atsChk CR0.ATSCHK
 */
public record GlobalConfiguration(boolean enabled, long strtabBase, int strtabBaseCfg, int cr2, boolean atsChk) {

    /** Before software has written anything. */
    public static final GlobalConfiguration RESET = new GlobalConfiguration(false, 0, 0, 0, false);

    /** CR2.E2H: the EL2 StreamWorld is EL2-E2H. */
    public boolean e2h() {
        return (cr2 & 1) != 0;
    }
}
