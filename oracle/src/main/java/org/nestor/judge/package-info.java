/**
 * The judge: follows the exchanges of a session or a trace in order, keeps what the architecture allows the implementation to have
 * done so far, and says of each reply whether it is among that.
 */
@NullMarked
package org.nestor.judge;

import org.jspecify.annotations.NullMarked;
