package org.nestor.smmu.walk;

/**
 * A stage 2 table descriptor: where the walk goes on.
 *
 * @param vmid tag
 * @param inputBase first IPA below it
 * @param shift log2 of the range below it
 * @param level level of the table that it points to
 * @param table physical address of that table
 */
public record Stage2Pointer(int vmid, long inputBase, int shift, int level, long table) {}
