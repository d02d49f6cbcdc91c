/** Replaced parts: stalls and page requests. */
@NullMarked
package org.nestor.bugs.stall;

import org.jspecify.annotations.NullMarked;
