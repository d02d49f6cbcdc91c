/** Why a transaction is refused, and what becomes of it: fault causes, event records, termination and stalls. */
@NullMarked
package org.nestor.smmu.fault;

import org.jspecify.annotations.NullMarked;
