package org.nestor.smmu.config;

/** The translation regime that a stream's stage 1 belongs to (IHI 0070 section 3.3.4). */
public enum StreamWorld {
    /** Non-secure EL1: two tables, ASID and VMID. */
    NS_EL1,
    /** EL2 without E2H: one table, neither ASID nor VMID, every access privileged. */
    EL2,
    /** EL2 with CR2.E2H = 1: two tables and an ASID, no VMID. */
    EL2_E2H;

    /** Whether TT1 exists beside TT0. */
    public boolean hasTwoTables() {
        return this != EL2;
    }

    public boolean usesAsid() {
        return this != EL2;
    }

    public boolean usesVmid() {
        return this == NS_EL1;
    }
}
