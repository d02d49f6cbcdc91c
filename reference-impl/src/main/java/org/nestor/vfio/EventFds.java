package org.nestor.vfio;

import java.util.Optional;

/** The eventfds of a process by their file descriptors. */
@FunctionalInterface
public interface EventFds {

    Optional<EventFd> get(int descriptor);
}
