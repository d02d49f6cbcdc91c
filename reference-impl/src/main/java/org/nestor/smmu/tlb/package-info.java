/** Configuration caches and TLB with their tags, invalidation and policies: the caching reader. */
@NullMarked
package org.nestor.smmu.tlb;

import org.jspecify.annotations.NullMarked;
