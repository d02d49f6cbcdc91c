/** Replaced parts: the command queue. */
@NullMarked
package org.nestor.bugs.command;

import org.jspecify.annotations.NullMarked;
