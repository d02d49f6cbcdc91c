/** VFIO above the IOMMU core: containers, groups, devices, and the ioctls by which a virtualizer uses the nested-stage API. */
@NullMarked
package org.nestor.vfio;

import org.jspecify.annotations.NullMarked;
