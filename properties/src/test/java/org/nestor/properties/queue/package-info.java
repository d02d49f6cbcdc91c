/** The claims of the Alloy module of the queues, made of the Java that the SMMU uses. */
@NullMarked
package org.nestor.properties.queue;

import org.jspecify.annotations.NullMarked;
