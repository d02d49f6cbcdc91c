/** Replaced parts: registers and reset. */
@NullMarked
package org.nestor.bugs.register;

import org.jspecify.annotations.NullMarked;
