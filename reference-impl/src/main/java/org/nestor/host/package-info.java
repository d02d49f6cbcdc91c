/** A host put together: SMMUs over shared memory, their driver, the IOMMU core, VFIO, and devices that issue DMA. */
@NullMarked
package org.nestor.host;

import org.jspecify.annotations.NullMarked;
