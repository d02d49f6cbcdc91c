/**
 * Alloy predicates compiled to closures, and states to evaluate them on: thousands of times as fast as a solver, for states that come
 * from elsewhere.
 */
@NullMarked
package org.nestor.spec.eval;

import org.jspecify.annotations.NullMarked;
