/**
 * Arbitraries for structures, page tables, commands and whole scenarios, all reproducible from a seed.
 */
@NullMarked
package org.nestor.generators;

import org.jspecify.annotations.NullMarked;
