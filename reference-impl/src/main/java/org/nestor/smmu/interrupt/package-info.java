/** Interrupts and global errors: which condition becomes active when, and what it raises. */
@NullMarked
package org.nestor.smmu.interrupt;

import org.jspecify.annotations.NullMarked;
