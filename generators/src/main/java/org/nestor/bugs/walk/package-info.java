/** Replaced parts: input range, stage 1 and stage 2. */
@NullMarked
package org.nestor.bugs.walk;

import org.jspecify.annotations.NullMarked;
