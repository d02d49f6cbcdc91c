/**
 * Explains raw structures, queue entries and registers in words: pure rendering, from bits and ID registers to text or
 * JSON. What is legal is decided by the reference; this package only says which field a decision is about.
 */
@NullMarked
package org.nestor.explain;

import org.jspecify.annotations.NullMarked;
