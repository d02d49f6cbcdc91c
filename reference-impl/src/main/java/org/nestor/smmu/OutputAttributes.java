package org.nestor.smmu;

import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.OutputAccess;

/**
 * The attributes of an access as the SMMU outputs it.
 *
 * @param memory type and shareability
 * @param access PnU and InD
 */
public record OutputAttributes(MemoryAttributes memory, OutputAccess access) {}
