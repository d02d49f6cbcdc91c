/** Replaced parts: event records and the event queue. */
@NullMarked
package org.nestor.bugs.event;

import org.jspecify.annotations.NullMarked;
