/**
 * The formal side of Nestor: small Alloy models of the architecture, and the Java that runs, enumerates and
 * evaluates them.
 */
@NullMarked
package org.nestor.spec;

import org.jspecify.annotations.NullMarked;
