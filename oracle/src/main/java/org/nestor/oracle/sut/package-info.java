/** Which implementation to test, as the user names it, and how to start it. */
@NullMarked
package org.nestor.oracle.sut;

import org.jspecify.annotations.NullMarked;
