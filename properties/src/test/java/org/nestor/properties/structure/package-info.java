/** What the generated structures are to the code that judges, decodes and explains them. */
@NullMarked
package org.nestor.properties.structure;

import org.jspecify.annotations.NullMarked;
