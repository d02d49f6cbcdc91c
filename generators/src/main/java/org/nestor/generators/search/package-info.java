/**
 * Makes scenarios from seeds, biased towards those that tell implementations apart, and makes failing ones small.
 */
@NullMarked
package org.nestor.generators.search;

import org.jspecify.annotations.NullMarked;
