/**
 * Implementations under test: the embedded reference and programs that speak the protocol on their standard input and
 * output, behind one interface.
 */
@NullMarked
package org.nestor.oracle;

import org.jspecify.annotations.NullMarked;
