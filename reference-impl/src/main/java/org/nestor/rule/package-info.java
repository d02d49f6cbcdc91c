/**
 * The rule catalogue: the numbered, one-sentence rules of SMMUv3 behaviour and caching that the reference decides, the
 * annotation that marks where each one is decided or tested, and the means to record which of them a run decided on.
 */
@NullMarked
package org.nestor.rule;

import org.jspecify.annotations.NullMarked;
