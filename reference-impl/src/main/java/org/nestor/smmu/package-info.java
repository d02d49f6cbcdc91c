/**
 * The SMMU behind its architectural interface: register accesses, transactions of clients, page requests of endpoints and
 * interrupts, over physical memory.
 */
@NullMarked
package org.nestor.smmu;

import org.jspecify.annotations.NullMarked;
