/** What the documents at the root say is what the program does: their commands are run and their names looked up. */
@NullMarked
package org.nestor.properties.docs;

import org.jspecify.annotations.NullMarked;
