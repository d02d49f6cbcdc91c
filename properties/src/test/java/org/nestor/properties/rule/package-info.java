/** Checks of the rule annotations in the sources of all modules against the catalogue and the checked-in index. */
@NullMarked
package org.nestor.properties.rule;

import org.jspecify.annotations.NullMarked;
