/** Replaced parts: what the TLB remembers, matches and removes. */
@NullMarked
package org.nestor.bugs.tlb;

import org.jspecify.annotations.NullMarked;
