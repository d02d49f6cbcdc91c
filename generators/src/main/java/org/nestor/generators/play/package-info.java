/**
 * Plays scenarios: lowers their set-up and steps, one after the other, into actions at the architectural interface. It knows what
 * software knows, which is what it wrote itself and the few replies that it is shown.
 */
@NullMarked
package org.nestor.generators.play;

import org.jspecify.annotations.NullMarked;
