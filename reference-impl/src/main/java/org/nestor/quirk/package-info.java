/**
 * The published nested-stage series where it departs from what it should do. Each departure is a subclass of one or two parts, by a
 * name of its own; nothing in the reference knows of them.
 */
@NullMarked
package org.nestor.quirk;

import org.jspecify.annotations.NullMarked;
