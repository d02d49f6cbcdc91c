/** Caches: the vectors under every policy, and what holds of caches whatever they remember. */
@NullMarked
package org.nestor.properties.caching;

import org.jspecify.annotations.NullMarked;
