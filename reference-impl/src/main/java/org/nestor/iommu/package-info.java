/**
 * The IOMMU core of the nested-stage API: domains and devices as a driver's users see them, the structures that cross from user
 * space with their checks, and the faults that travel back.
 */
@NullMarked
package org.nestor.iommu;

import org.jspecify.annotations.NullMarked;
