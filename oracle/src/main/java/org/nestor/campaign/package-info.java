/**
 * Campaigns: scenarios by the seed, played on an implementation under test and judged reply by reply; what diverges is made small,
 * folded by its cause and kept.
 */
@NullMarked
package org.nestor.campaign;

import org.jspecify.annotations.NullMarked;
