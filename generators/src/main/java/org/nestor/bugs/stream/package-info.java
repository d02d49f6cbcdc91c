/** Replaced parts: stream table and STE. */
@NullMarked
package org.nestor.bugs.stream;

import org.jspecify.annotations.NullMarked;
