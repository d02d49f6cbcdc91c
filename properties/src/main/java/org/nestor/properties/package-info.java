/** The properties that hold between the parts of Nestor, run by the build. */
@NullMarked
package org.nestor.properties;

import org.jspecify.annotations.NullMarked;
