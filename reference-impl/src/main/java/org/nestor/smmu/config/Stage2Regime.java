package org.nestor.smmu.config;

/**
 * Stage 2 as an STE sets it up, decoded once.
 *
 * @param vmid tag of every entry made from it
 * @param geometry table shape, from S2T0SZ, S2SL0, S2TG, S2TTB, S2PS and S2ENDI
 * @param affd S2AFFD
 * @param hardwareAccess effective S2HA
 * @param hardwareDirty effective S2HD: 0 unless S2HA is 1
 * @param protectTableWalk S2PTW
 * @param forceWriteBack effective S2FWB
 */
public record Stage2Regime(
        int vmid,
        TableGeometry geometry,
        boolean affd,
        boolean hardwareAccess,
        boolean hardwareDirty,
        boolean protectTableWalk,
        boolean forceWriteBack) {}
