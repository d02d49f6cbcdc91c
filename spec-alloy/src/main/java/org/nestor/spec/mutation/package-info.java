/** Specs with one conjunct left out, to see which claim notices. */
@NullMarked
package org.nestor.spec.mutation;

import org.jspecify.annotations.NullMarked;
