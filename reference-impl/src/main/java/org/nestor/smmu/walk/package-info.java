/** The translation procedure, written once against the interface that supplies the words it reads. */
@NullMarked
package org.nestor.smmu.walk;

import org.jspecify.annotations.NullMarked;
