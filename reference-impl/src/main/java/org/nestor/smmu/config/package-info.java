/** From StreamID and SubstreamID to a configuration: stream table, STE and CD legality, CD tables. */
@NullMarked
package org.nestor.smmu.config;

import org.jspecify.annotations.NullMarked;
