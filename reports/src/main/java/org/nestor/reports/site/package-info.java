/**
 * The report as a site of self-contained HTML pages. A page is a record that knows what to say, and a template in
 * {@code src/main/jte} that says it; escaping is the template engine's.
 */
@NullMarked
package org.nestor.reports.site;

import org.jspecify.annotations.NullMarked;
