/** What holds of generated scenarios, of how they are played, and of what shrinking makes of them. */
@NullMarked
package org.nestor.properties.scenario;

import org.jspecify.annotations.NullMarked;
