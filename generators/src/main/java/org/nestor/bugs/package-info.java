/** Faults that real SMMUv3 implementations had, as the reference with one part replaced: the list, and how each is assembled. */
@NullMarked
package org.nestor.bugs;

import org.jspecify.annotations.NullMarked;
