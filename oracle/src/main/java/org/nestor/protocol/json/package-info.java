/**
 * One line of JSON as an immutable tree, with the column of every member, read strictly and written compactly. Knows
 * nothing of the protocol: what a member means is decided by {@code org.nestor.protocol}.
 */
@NullMarked
package org.nestor.protocol.json;

import org.jspecify.annotations.NullMarked;
