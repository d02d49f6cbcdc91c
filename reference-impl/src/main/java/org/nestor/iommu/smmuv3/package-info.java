/**
 * The SMMUv3 driver of the host. It touches the SMMU through memory and registers alone, and is assembled from parts of one decision
 * each.
 */
@NullMarked
package org.nestor.iommu.smmuv3;

import org.jspecify.annotations.NullMarked;
