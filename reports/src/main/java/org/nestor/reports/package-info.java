/**
 * The result model of a run and its renderings, free of any other part of Nestor.
 */
@NullMarked
package org.nestor.reports;

import org.jspecify.annotations.NullMarked;
