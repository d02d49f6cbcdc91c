package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;

/** The software end of the PRI queue. */
final class PageRequests {
    private static final int ANSWERS = 4;

    private final World world;

    PageRequests(World world) {
        this.world = world;
    }

    /**
     * Takes entries off the queue.
     *
     * @param how 0 all of them; 1 all but the last position; 2 all, without acknowledging overflow; 3 only looks
     * @param answer 0 none; otherwise a CMD_PRI_RESP with some response
     */
    void take(int how, int answer) {
        if (!world.capabilities().ids().pri()) {
            return;
        }
        OutputQueue.look(world, Queues.PRI, (produced, consumed) -> consume(produced, consumed, how % 4));
        if (answer > 0) {
            world.script().later(() -> answer(answer));
        }
    }

    private void consume(long produced, long consumed, int how) {
        OutputQueue queue = new OutputQueue(world, Queues.PRI);
        queue.readNewest(produced, consumed);
        switch (how) {
            case 0 -> queue.takeAndAcknowledge(produced);
            case 1 -> queue.leaveOne(produced, consumed);
            case 2 -> queue.takeAll(produced, consumed);
            default -> {}
        }
    }

    private void answer(int answer) {
        Stream stream = world.scene().stream(answer / ANSWERS);
        CommandMaker.Named named =
                new CommandMaker.Named(stream.streamId(), 0, false, 0, 0, 0, false, CommandMaker.Range.NONE, 0);
        CommandRecord plain = CommandMaker.make(CommandOpcode.CMD_PRI_RESP, named);
        List<CommandRecord> commands = new ArrayList<>();
        commands.add(new CommandRecord(plain.dw0(), (long) (answer % ANSWERS) << 12 | answer / ANSWERS & 0x1FF));
        world.commands().publish(commands, true);
    }
}
