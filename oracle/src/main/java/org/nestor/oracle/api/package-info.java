/** The requests at the driver's side of the reference: {@code host.*}, {@code iommu.*} and {@code vfio.*}. */
@NullMarked
package org.nestor.oracle.api;

import org.jspecify.annotations.NullMarked;
