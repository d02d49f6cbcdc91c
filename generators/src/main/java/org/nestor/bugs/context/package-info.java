/** Replaced parts: CD tables and CDs. */
@NullMarked
package org.nestor.bugs.context;

import org.jspecify.annotations.NullMarked;
