/** Instances and counterexamples as files. */
@NullMarked
package org.nestor.spec.export;

import org.jspecify.annotations.NullMarked;
