/**
 * The JSON Lines protocol, version 1: requests, replies, and the scenario and trace files made of them. The records are
 * plain values that refuse what the protocol does not allow; {@link org.nestor.protocol.ScenarioReader} turns text into
 * them with one clear complaint for whatever is wrong, {@link org.nestor.protocol.LineWriter} turns them back.
 */
@NullMarked
package org.nestor.protocol;

import org.jspecify.annotations.NullMarked;
