/** The circular queues between software and the SMMU: command queue, event queue and PRI queue. */
@NullMarked
package org.nestor.smmu.queue;

import org.jspecify.annotations.NullMarked;
