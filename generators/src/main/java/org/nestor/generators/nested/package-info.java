/**
 * Random use of the nested-stage API by several guests, with a model of what each may see, and the shortest sequence that breaks it.
 */
@NullMarked
package org.nestor.generators.nested;

import org.jspecify.annotations.NullMarked;
