/** Commands of the command queue: decoding, legality and effect. */
@NullMarked
package org.nestor.smmu.command;

import org.jspecify.annotations.NullMarked;
