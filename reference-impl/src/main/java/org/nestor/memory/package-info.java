/** Physical memory as the SMMU and the software beside it see it: sparse, little-endian, with external aborts. */
@NullMarked
package org.nestor.memory;

import org.jspecify.annotations.NullMarked;
