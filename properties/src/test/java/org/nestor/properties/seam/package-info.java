/** An example of how one decision of the SMMU is replaced from outside the reference. */
@NullMarked
package org.nestor.properties.seam;

import org.jspecify.annotations.NullMarked;
