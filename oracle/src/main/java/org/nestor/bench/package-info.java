/**
 * Benchmarks of the hot paths, run by {@code nestor bench}. Each row is to be read in ratio to {@code floor}, which does the memory
 * reads of a nested walk and nothing else.
 */
@NullMarked
package org.nestor.bench;

import org.jspecify.annotations.NullMarked;
