package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.COMMAND_QUEUE;
import static org.nestor.bugs.Difficulty.EASY;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.command.AnySignal;
import org.nestor.bugs.command.FixedReadIndex;
import org.nestor.bugs.command.SkippedCommands;
import org.nestor.bugs.command.WraplessArithmetic;

/** The command queue. */
final class QueueBugs {

    private QueueBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.of(
                        "D-32",
                        COMMAND_QUEUE,
                        EASY,
                        "CMD_SYNC with the reserved value of CS is executed.",
                        "Drivers that check their commands: an error goes unreported.",
                        ReplacedPart.commandLegality(AnySignal::new),
                        "A-CER-15"),
                SeededBug.of(
                        "D-33",
                        COMMAND_QUEUE,
                        MEDIUM,
                        "CMDQ_CONS cannot be written while the queue is disabled.",
                        "Drivers that start a queue at another index: stale memory is executed as commands.",
                        ReplacedPart.registerFeatures(FixedReadIndex::new),
                        "A-REG-12"),
                SeededBug.of(
                        "D-34",
                        COMMAND_QUEUE,
                        MEDIUM,
                        "A command that is unknown, not implemented or for the Secure state is skipped without an error.",
                        "Drivers: an invalidation that never took place looks complete.",
                        ReplacedPart.commandProcessor(SkippedCommands::new),
                        "A-CER-07",
                        "A-CER-08"),
                SeededBug.of(
                        "D-35",
                        COMMAND_QUEUE,
                        MEDIUM,
                        "The indexes of the command queue are compared without their wrap flag, and the read index never inverts it.",
                        "Drivers that fill the queue: its commands are not executed, and the driver waits for ever.",
                        ReplacedPart.commandArithmetic(WraplessArithmetic::new),
                        "A-CMQ-02"));
    }
}
