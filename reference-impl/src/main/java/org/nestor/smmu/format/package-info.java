/**
 * Bit-exact layouts: one declarative table for each structure, and value types whose accessors derive from it.
 *
 * <p>Bit numbers count inside the named 64-bit doubleword. Structures and queue entries are little-endian; only translation
 * table descriptors follow CD.ENDI and STE.S2ENDI.
 */
@NullMarked
package org.nestor.smmu.format;

import org.jspecify.annotations.NullMarked;
