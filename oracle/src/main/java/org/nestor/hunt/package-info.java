/** The hunt for seeded bugs: campaigns that know of none, each against an implementation that has one. */
@NullMarked
package org.nestor.hunt;

import org.jspecify.annotations.NullMarked;
