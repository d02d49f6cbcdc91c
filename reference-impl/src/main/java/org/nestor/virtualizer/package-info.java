/**
 * A virtualizer: an SMMUv3 as a guest sees it, whose stage 1 real hardware walks. What the guest's driver does becomes VFIO calls, and
 * what hardware reports becomes the guest's events.
 */
@NullMarked
package org.nestor.virtualizer;

import org.jspecify.annotations.NullMarked;
