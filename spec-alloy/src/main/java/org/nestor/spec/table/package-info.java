/** Modules that are tables: every combination of what fields can hold, and what the module says about it. */
@NullMarked
package org.nestor.spec.table;

import org.jspecify.annotations.NullMarked;
