/** Replaced parts: what the configuration caches remember and remove. */
@NullMarked
package org.nestor.bugs.configuration;

import org.jspecify.annotations.NullMarked;
