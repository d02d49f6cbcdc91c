package org.nestor.oracle.api;

import org.nestor.protocol.Reply;

/** A request whose members are understood. */
@FunctionalInterface
interface ApiAction {

    Reply on(ApiSession session);
}
