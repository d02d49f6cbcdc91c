package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nestor.generators.scenario.Action;
import org.nestor.generators.scenario.Capability;
import org.nestor.generators.scenario.DeviceStep;
import org.nestor.generators.scenario.Observation;
import org.nestor.memory.Bytes;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.transaction.Access;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.PageRequest;

/** What devices do, and how software answers what comes of it. */
final class DeviceMoves {
    private static final int[] LENGTHS = {4, 8, 1, 2, 16, 64, 4, 4096};
    private static final int MARK = 0xD3A0_0000;
    private static final int ALIASES = 8;
    private static final long GROUPS = 0x1FF;
    private static final int BEYOND = 53;
    private static final int TOP_BYTE = 56;
    private static final int UNKNOWN_SUBSTREAM = 10;

    private final World world;

    DeviceMoves(World world) {
        this.world = world;
    }

    void play(DeviceStep step) {
        if (step instanceof DeviceStep.Access access) {
            access(access);
        } else if (step instanceof DeviceStep.Ats ats) {
            ats(ats);
        } else if (step instanceof DeviceStep.AskPage page) {
            askPage(page);
        } else if (step instanceof DeviceStep.TakePages pages) {
            new PageRequests(world).take(pages.how(), pages.answer());
        } else if (step instanceof DeviceStep.Resume resume) {
            resume(resume);
        } else if (step instanceof DeviceStep.TerminateStalls terminate) {
            Stream stream = world.scene().stream(terminate.stream());
            world.commands().publish(CommandMaker.make(CommandOpcode.CMD_STALL_TERM, of(stream.streamId())));
        }
    }

    private static CommandMaker.Named of(int streamId) {
        return new CommandMaker.Named(streamId, 0, false, 0, 0, 0, false, CommandMaker.Range.NONE, 0);
    }

    private boolean can(Capability capability) {
        return world.capabilities().can(capability);
    }

    private void access(DeviceStep.Access step) {
        Stream stream = world.scene().stream(step.stream());
        boolean status = can(Capability.STATUS);
        int wanted = status ? Bits.pick(step.length(), LENGTHS) : Integer.BYTES;
        int length = Math.min(wanted, world.capabilities().dmaMaxLength());
        boolean write = step.write() % 2 == 1;
        long iova = aliased(stream, step.slot(), step.form()) + DmaPages.offset(step.offset());
        world.script()
                .add(new Action.Dma(
                        streamId(stream, step.form()),
                        substream(stream, step.substream()),
                        iova,
                        write ? Access.WRITE : Access.READ,
                        length,
                        write && status ? Optional.of(data(length)) : Optional.empty(),
                        (step.form() & 1) == 1 && can(Capability.PRIVILEGED),
                        (step.form() & 2) == 2 && can(Capability.INSTRUCTION),
                        AtsKind.UNTRANSLATED,
                        status ? List.of() : DmaPages.probes(world.arena(), iova)));
    }

    /** Bytes that tell the writes of a scenario apart. */
    private Bytes data(int length) {
        int word = MARK + world.nextWrite();
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (word >>> i % Integer.BYTES * Byte.SIZE);
        }
        return Bytes.of(bytes);
    }

    private static int alias(int form) {
        return form / 4 % ALIASES;
    }

    /** The stream's StreamID, or with alias 6 that of nobody. */
    private int streamId(Stream stream, int form) {
        List<Integer> strangers = world.scene().strangers();
        return alias(form) == 6 && !strangers.isEmpty()
                ? strangers.get(form / 4 / ALIASES % strangers.size())
                : stream.streamId();
    }

    /** The address of a slot as the tables now are, or one that is easily taken for it. */
    private long aliased(Stream stream, int slot, int form) {
        Optional<HotTable> input = stream.input(slot / HotTable.DATA_SLOTS);
        if (input.isEmpty()) {
            return world.arena().page(slot % Arena.PAGES);
        }
        HotTable table = input.get();
        long address = table.address(slot % HotTable.DATA_SLOTS);
        int bits = table.table().inputBits();
        return switch (alias(form)) {
            case 1 -> address ^ 0x5AL << TOP_BYTE;
            case 2 -> address ^ -1L << bits;
            case 3 -> address ^ 1L << bits;
            case 4 -> address + (1L << table.pageShift());
            case 5 -> address ^ 1L << form / 4 / ALIASES % Long.SIZE;
            case 7 -> Bits.mix(form);
            default -> address;
        };
    }

    /** 0 is none; where there is a single CD the small ones are none as well. */
    private OptionalInt substream(Stream stream, int choice) {
        if (choice == 0 || !can(Capability.SUBSTREAMS)) {
            return OptionalInt.empty();
        }
        if (choice % UNKNOWN_SUBSTREAM == 0) {
            int size = world.capabilities().ids().ssidSize();
            return OptionalInt.of(choice / UNKNOWN_SUBSTREAM % (1 << size));
        }
        Optional<Stage1> tables = stream.stage1().filter(one -> one.substreams().size() > 1);
        return tables.isPresent()
                ? OptionalInt.of(tables.get().substream(choice - 1).id())
                : OptionalInt.empty();
    }

    private void ats(DeviceStep.Ats step) {
        if (!can(Capability.ATS)) {
            return;
        }
        Stream stream = world.scene().stream(step.stream());
        boolean request = step.kind() % 2 == 0;
        boolean write = step.write() % 2 == 1;
        long address =
                request ? aliased(stream, step.slot(), step.form()) : translated(stream, step.slot(), step.kind());
        world.script()
                .add(new Action.Dma(
                        streamId(stream, step.form()),
                        substream(stream, step.substream()),
                        address,
                        write ? Access.WRITE : Access.READ,
                        Integer.BYTES,
                        write && !request ? Optional.of(data(Integer.BYTES)) : Optional.empty(),
                        (step.form() & 1) == 1 && can(Capability.PRIVILEGED),
                        (step.form() & 2) == 2 && can(Capability.INSTRUCTION),
                        request ? AtsKind.TRANSLATION_REQUEST : AtsKind.TRANSLATED,
                        List.of()));
    }

    /** A physical address, or the IPA that split-stage ATS gives out. */
    private long translated(Stream stream, int slot, int kind) {
        Optional<HotTable> stage2 = stream.stage2();
        if (kind / 2 % 8 == 7) {
            return world.arena().page(slot % Arena.PAGES) | 1L << BEYOND;
        }
        return stage2.isPresent() && kind / 2 % 2 == 1
                ? stage2.get().address(slot % HotTable.DATA_SLOTS)
                : world.arena().page(slot % Arena.PAGES);
    }

    private void askPage(DeviceStep.AskPage step) {
        if (!can(Capability.PRI)) {
            return;
        }
        Stream stream = world.scene().stream(step.stream());
        OptionalInt substream = substream(stream, step.substream());
        int form = step.form();
        world.script()
                .add(new Action.PageRequest(new PageRequest(
                        streamId(stream, form >>> 3),
                        substream.isPresent(),
                        substream.orElse(0),
                        aliased(stream, step.slot(), 0),
                        (form & 1) == 0,
                        (form & 2) == 2,
                        (form & 4) == 4 && can(Capability.INSTRUCTION),
                        (form & 8) == 8 && can(Capability.PRIVILEGED),
                        (form & 16) == 0,
                        (int) (form >>> 5 & GROUPS))));
    }

    private void resume(DeviceStep.Resume step) {
        List<Observation.Stalled> held = world.conversation().held();
        if (held.isEmpty() && step.flaw() == 0) {
            return;
        }
        Observation.Stalled stalled = held.isEmpty()
                ? new Observation.Stalled(world.scene().stream(step.which()).streamId(), step.which() & 0xFFFF)
                : held.get(step.which() % held.size());
        int streamId = step.flaw() % 4 == 2 ? stalled.streamId() ^ 1 : stalled.streamId();
        long stag = step.flaw() % 4 == 1 ? stalled.stag() ^ 1 : stalled.stag();
        long action = switch (step.action() % 3) {
            case 0 -> step.flaw() % 4 == 3 ? 0b11 : 0b01;
            case 1 -> 0b10;
            default -> 0b00;
        };
        CommandRecord plain = CommandMaker.make(CommandOpcode.CMD_RESUME, of(streamId));
        List<CommandRecord> commands = new ArrayList<>();
        commands.add(new CommandRecord(plain.dw0() & ~(0b11L << 12) | action << 12, stag));
        world.commands().publish(commands, true);
    }
}
