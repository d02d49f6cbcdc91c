/** The Alloy modules and the Java, held against one another in both directions. */
@NullMarked
package org.nestor.properties.spec;

import org.jspecify.annotations.NullMarked;
