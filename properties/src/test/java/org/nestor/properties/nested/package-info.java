/** What holds of the nested-stage API for any guests, and how the published series breaks it. */
@NullMarked
package org.nestor.properties.nested;

import org.jspecify.annotations.NullMarked;
