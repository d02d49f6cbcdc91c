/**
 * The caching test vectors: short sequences of table changes, commands and DMAs whose legal outcomes are known, played on any SMMU
 * through its architectural interface alone.
 */
@NullMarked
package org.nestor.generators.vectors;

import org.jspecify.annotations.NullMarked;
