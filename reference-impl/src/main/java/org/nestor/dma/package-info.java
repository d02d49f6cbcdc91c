/** The DMA layer: MSI cookies of domains, and how a device's MSI finds its doorbell through an IOMMU. */
@NullMarked
package org.nestor.dma;

import org.jspecify.annotations.NullMarked;
