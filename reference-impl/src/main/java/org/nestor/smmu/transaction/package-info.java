/** What a client device asks of the SMMU, and what it is answered. */
@NullMarked
package org.nestor.smmu.transaction;

import org.jspecify.annotations.NullMarked;
