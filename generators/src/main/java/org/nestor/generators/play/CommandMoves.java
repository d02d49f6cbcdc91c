package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.nestor.generators.play.CommandMaker.Named;
import org.nestor.generators.play.CommandMaker.Range;
import org.nestor.generators.scenario.CommandStep;
import org.nestor.generators.vectors.Commands;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Field;

/** What software writes to the command queue. */
final class CommandMoves {
    private static final int FITS = 11;
    private static final int ONLY_SECOND = 4;
    private static final int ONLY_FIRST = 5;
    private static final int TOGETHER = 6;
    private static final int REVERSED = 7;
    private static final int NO_LOOK = 1;
    private static final int NO_SYNC = 2;
    private static final CommandOpcode[] OPCODES = CommandOpcode.values();
    private static final Field CS = CommandOpcode.CMD_SYNC.layout().field("CS");
    private static final long SIG_IRQ = 1;

    private final World world;

    CommandMoves(World world) {
        this.world = world;
    }

    void play(CommandStep step) {
        if (step instanceof CommandStep.Invalidate invalidate) {
            invalidate(invalidate);
        } else if (step instanceof CommandStep.Command command) {
            command(command);
        } else if (step instanceof CommandStep.Raw raw) {
            long low = Integer.toUnsignedLong(raw.low()) | (long) raw.high() << Integer.SIZE;
            world.commands().publish(new CommandRecord(low, Bits.mix(raw.rest())));
        } else if (step instanceof CommandStep.Sync sync) {
            world.commands().publish(sync(sync.signal(), sync.form()));
        } else if (step instanceof CommandStep.Burst burst) {
            burst(burst);
        }
    }

    private void invalidate(CommandStep.Invalidate step) {
        int fit = step.fit() % FITS;
        Maintenance.Required required = new Maintenance(world, step.form(), fit).of(world.change());
        List<List<CommandRecord>> portions = new ArrayList<>();
        if (fit != ONLY_SECOND || required.second().isEmpty()) {
            portions.add(required.first());
        }
        if (fit != ONLY_FIRST && !required.second().isEmpty()) {
            portions.add(required.second());
        }
        if (fit == REVERSED) {
            Collections.reverse(portions);
        }
        List<CommandRecord> all = new ArrayList<>();
        for (List<CommandRecord> portion : portions) {
            all.addAll(portion);
            if (step.completion() % 3 != NO_SYNC && fit != TOGETHER) {
                all.add(Commands.sync());
            }
        }
        if (step.completion() % 3 != NO_SYNC && fit == TOGETHER) {
            all.add(Commands.sync());
        }
        world.commands().publish(all, step.completion() % 3 != NO_LOOK);
    }

    private void command(CommandStep.Command step) {
        CommandOpcode opcode = OPCODES[step.opcode() % OPCODES.length];
        CommandRecord command = CommandMaker.flawed(CommandMaker.make(opcode, named(step)), step.flaw());
        if (step.deferred() == 0) {
            world.commands().publish(command);
        } else {
            world.commands().defer(command);
        }
    }

    /** Operands out of the hot sets: tags of the stream, or others. */
    private Named named(CommandStep.Command step) {
        int form = step.form();
        Stream stream = world.scene().stream(step.stream());
        HotTable table = stream.input(form >>> 1 & 1).orElse(world.scene().table(step.stream()));
        int substream =
                stream.stage1().map(one -> one.substream(form >>> 2).id()).orElse(form >>> 2 & 3);
        boolean known = (form >>> 4 & 1) == 0;
        int vmid = known
                ? stream.stage2().map(HotTable::tag).orElse(0)
                : world.repertoire().vmid(form >>> 5);
        int asid = known ? table.tag() : world.repertoire().asid(form >>> 5);
        int streamId = (form >>> 8 & 7) == 7 && !world.scene().strangers().isEmpty()
                ? world.scene().strangers().get(form % world.scene().strangers().size())
                : stream.streamId();
        long address = (form >>> 11 & 7) == 7 ? Bits.mix(form) : table.address(step.slot() % table.slots());
        boolean ranged = (form >>> 14 & 3) == 3 && world.capabilities().ids().ril();
        Range range = ranged ? range(form >>> 16) : Range.NONE;
        return new Named(
                streamId, substream, (form >>> 3 & 1) == 1, vmid, asid, address, (form & 1) == 0, range, form >>> 16);
    }

    private static Range range(int choice) {
        return new Range(choice & 0x1F, choice >>> 5 & 0x7, choice >>> 8 & 3, choice >>> 10 & 3);
    }

    /** CS 1 signals by interrupt, or by MSI where the number asks for it and there are MSIs. */
    private CommandRecord sync(int signal, int form) {
        CommandRecord plain = Commands.sync();
        long dw0 = CS.insert(plain.dw0(), signal % 4);
        if (signal % 4 != SIG_IRQ
                || signal / 4 % 2 == 0
                || !world.capabilities().ids().msi()) {
            return new CommandRecord(dw0, 0);
        }
        long address = form % 4 == 3 ? world.arena().hole() : world.arena().mailbox() + form % 8 * 4L;
        long attributes = (long) (form & 0x3F) << 22;
        return new CommandRecord(dw0 | attributes | (long) form << Integer.SIZE, address);
    }

    private void burst(CommandStep.Burst step) {
        int count = 1 + step.count() % world.queues().entries(Queues.COMMAND);
        List<CommandRecord> commands = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            commands.add(i == count - 1 ? Commands.sync() : filler(step.form() + i));
        }
        world.commands().publish(commands, true);
    }

    private CommandRecord filler(int choice) {
        Stream stream = world.scene().stream(choice);
        return switch (choice % 4) {
            case 0 -> Commands.sync();
            case 1 -> Commands.cfgiSte(stream.streamId(), true);
            case 2 -> Commands.nsnhAll();
            default ->
                CommandMaker.make(
                        CommandOpcode.CMD_PREFETCH_CONFIG,
                        new Named(stream.streamId(), 0, false, 0, 0, 0, false, Range.NONE, 0));
        };
    }
}
