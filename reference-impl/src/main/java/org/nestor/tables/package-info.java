/**
 * Structures in physical memory as software lays them out: stream tables, CD tables and translation tables of either stage. Apart
 * from bit positions this package shares nothing with the model: it computes indexes, sizes and addresses by itself, so that an
 * error in the model shows in whatever is set up with it.
 */
@NullMarked
package org.nestor.tables;

import org.jspecify.annotations.NullMarked;
