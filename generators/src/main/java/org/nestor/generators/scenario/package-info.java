/**
 * Scenarios as values: what an implementation can do, how a machine is set up, the steps that follow, and the actions at the
 * architectural interface that all this becomes. Operands are raw numbers that a player interprets modulo the state, so that
 * every sub-sequence of the steps is a scenario.
 */
@NullMarked
package org.nestor.generators.scenario;

import org.jspecify.annotations.NullMarked;
