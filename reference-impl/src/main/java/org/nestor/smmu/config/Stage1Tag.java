package org.nestor.smmu.config;

/**
 * What tags the stage 1 and combined entries of a context.
 *
 * @param world StreamWorld
 * @param vmid STE.S2VMID, 0 where the world or the SMMU has no VMIDs
 * @param asid CD.ASID, 0 where the world has no ASIDs
 * @param aset CD.ASET: global entries serve only contexts with the same value
 * @param nested whether stage 2 translates as well
 */
public record Stage1Tag(StreamWorld world, int vmid, int asid, boolean aset, boolean nested) {}
