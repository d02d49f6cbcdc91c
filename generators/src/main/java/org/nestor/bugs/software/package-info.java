/** Seeded bugs of the software above the SMMU. */
@NullMarked
package org.nestor.bugs.software;

import org.jspecify.annotations.NullMarked;
