/** The command line: one class for each verb. */
@NullMarked
package org.nestor.cli;

import org.jspecify.annotations.NullMarked;
