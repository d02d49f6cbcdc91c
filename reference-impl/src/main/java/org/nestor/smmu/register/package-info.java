/** The register map, the ID registers and the guards on register writes. */
@NullMarked
package org.nestor.smmu.register;

import org.jspecify.annotations.NullMarked;
