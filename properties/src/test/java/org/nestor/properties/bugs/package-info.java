/** Seeded bugs: each is different from the reference, and nothing else is. */
@NullMarked
package org.nestor.properties.bugs;

import org.jspecify.annotations.NullMarked;
