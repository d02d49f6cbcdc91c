package org.nestor.smmu.transaction;

/**
 * PnU and InD of an access as the SMMU outputs it (A-ATT-13).
 *
 * @param privileged PnU after PRIVCFG
 * @param instruction InD after INSTCFG; never set for a write
 */
public record OutputAccess(boolean privileged, boolean instruction) {}
