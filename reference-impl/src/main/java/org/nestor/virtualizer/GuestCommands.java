package org.nestor.virtualizer;

import org.nestor.smmu.command.Command;
import org.nestor.smmu.command.InvalidationCommand;

/** Takes the commands that a guest has written and that concern real hardware. */
interface GuestCommands {

    void invalidated(InvalidationCommand command);

    void resumed(Command.Resume command);

    void terminated(Command.StallTerm command);
}
