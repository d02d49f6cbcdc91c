package org.nestor.generators.play;

import java.util.List;
import java.util.Optional;
import org.nestor.generators.play.CommandMaker.Named;
import org.nestor.generators.play.CommandMaker.Range;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** The commands that a change makes necessary (IHI 0070 section 3.21), and commands that miss them narrowly. */
final class Maintenance {
    private static final int FORMS = 6;
    private static final int BY_ADDRESS = 0;
    private static final int ANY_ASID = 1;
    private static final int BY_TAG = 2;
    private static final int BY_VMID = 3;
    private static final int RANGE = 5;
    private static final int EL2 = 2;
    private static final int UNITS = 32;
    private static final int SCALES = 4;

    /** Where a near miss differs from what is required. */
    private static final int WRONG_TAG = 1;

    private static final int WRONG_PLACE = 2;
    private static final int WRONG_LEAF = 3;
    private static final int WRONG_RANGE = 8;

    private final World world;
    private final IdRegisters ids;
    private final int form;
    private final int extent;
    private final int fit;

    Maintenance(World world, int form, int fit) {
        this.world = world;
        this.ids = world.capabilities().ids();
        this.form = form % FORMS;
        this.extent = form / FORMS;
        this.fit = fit;
    }

    /**
     * Commands with a CMD_SYNC after each list.
     *
     * @param first configuration, or stage 2
     * @param second translations that were formed from it
     */
    record Required(List<CommandRecord> first, List<CommandRecord> second) {}

    Required of(Change change) {
        if (change instanceof Change.Descriptor descriptor) {
            return descriptor.table().stage() == 1 ? stage1(descriptor) : stage2(descriptor);
        } else if (change instanceof Change.StreamEntry entry) {
            return new Required(List.of(streamEntry(entry)), List.of(translations(entry.stream())));
        } else if (change instanceof Change.Context context) {
            return new Required(List.of(context(context)), List.of(translations(context.stream())));
        }
        return new Required(List.of(plain(CommandOpcode.CMD_TLBI_NSNH_ALL)), List.of());
    }

    private Required stage1(Change.Descriptor change) {
        HotTable table = change.table();
        Optional<Stream> user = world.user(table);
        boolean leaf = change.level() == table.level(change.slot()) != (fit == WRONG_LEAF);
        Reach reach = reach(table, change);
        Named named = tagged(user.map(this::vmid).orElse(0), table.tag(), reach.first(), leaf, reach.range());
        boolean el2 = user.filter(this::isEl2).isPresent();
        return new Required(List.of(CommandMaker.make(stage1Opcode(el2), named)), List.of());
    }

    private CommandOpcode stage1Opcode(boolean el2) {
        return switch (form) {
            case BY_ADDRESS, RANGE -> el2 ? CommandOpcode.CMD_TLBI_EL2_VA : CommandOpcode.CMD_TLBI_NH_VA;
            case ANY_ASID -> el2 ? CommandOpcode.CMD_TLBI_EL2_VAA : CommandOpcode.CMD_TLBI_NH_VAA;
            case BY_TAG -> el2 ? CommandOpcode.CMD_TLBI_EL2_ASID : CommandOpcode.CMD_TLBI_NH_ASID;
            case BY_VMID -> el2 ? CommandOpcode.CMD_TLBI_EL2_ALL : CommandOpcode.CMD_TLBI_NH_ALL;
            default -> el2 ? CommandOpcode.CMD_TLBI_EL2_ALL : CommandOpcode.CMD_TLBI_NSNH_ALL;
        };
    }

    private Required stage2(Change.Descriptor change) {
        HotTable table = change.table();
        int vmid = tag(table.tag());
        if (form == BY_TAG || form == BY_VMID) {
            return new Required(List.of(tagged(CommandOpcode.CMD_TLBI_S12_VMALL, vmid)), List.of());
        }
        if (form == RANGE - 1) {
            return new Required(List.of(plain(CommandOpcode.CMD_TLBI_NSNH_ALL)), List.of());
        }
        boolean leaf = change.level() == table.level(change.slot()) != (fit == WRONG_LEAF);
        Reach reach = reach(table, change);
        Named named = new Named(0, 0, false, vmid, 0, reach.first(), leaf, reach.range(), 0);
        List<CommandRecord> combined = ids.s1p() ? List.of(tagged(CommandOpcode.CMD_TLBI_NH_ALL, vmid)) : List.of();
        return new Required(List.of(CommandMaker.make(CommandOpcode.CMD_TLBI_S2_IPA, named)), combined);
    }

    private CommandRecord streamEntry(Change.StreamEntry change) {
        Stream stream = change.stream();
        boolean leaf = change.above() == (fit == WRONG_LEAF);
        int streamId = stream(stream);
        Named named = new Named(streamId, 0, false, 0, 0, 0, leaf, Range.NONE, rangeOfStreams());
        boolean range = form == RANGE || form == BY_VMID;
        return range && fit != WRONG_LEAF || form == RANGE - 1
                ? CommandMaker.make(CommandOpcode.CMD_CFGI_STE_RANGE, named)
                : CommandMaker.make(CommandOpcode.CMD_CFGI_STE, named);
    }

    /** Range of CMD_CFGI_STE_RANGE: everything, or a few streams. */
    private long rangeOfStreams() {
        return form == RANGE - 1 ? 31 : form == RANGE ? 2 : 0;
    }

    private CommandRecord context(Change.Context change) {
        boolean leaf = change.above() == (fit == WRONG_LEAF);
        int substream = fit == WRONG_PLACE
                ? change.substream().id() ^ 1
                : change.substream().id();
        int streamId = stream(change.stream());
        Named named = new Named(streamId, substream, true, 0, 0, 0, leaf, Range.NONE, rangeOfStreams());
        return CommandMaker.make(
                switch (form) {
                    case BY_TAG -> CommandOpcode.CMD_CFGI_CD_ALL;
                    case BY_VMID -> CommandOpcode.CMD_CFGI_STE;
                    case RANGE - 1 -> CommandOpcode.CMD_CFGI_STE_RANGE;
                    default -> CommandOpcode.CMD_CFGI_CD;
                },
                named);
    }

    private int stream(Stream stream) {
        return fit == WRONG_TAG || fit == WRONG_PLACE && form != BY_ADDRESS ? stream.streamId() ^ 1 : stream.streamId();
    }

    /** Everything that was formed through a stream's configuration. */
    private CommandRecord translations(Stream stream) {
        int vmid = tag(vmid(stream));
        if (isEl2(stream)) {
            return plain(CommandOpcode.CMD_TLBI_EL2_ALL);
        }
        if (form == RANGE - 1) {
            return plain(CommandOpcode.CMD_TLBI_NSNH_ALL);
        }
        return tagged(ids.s2p() ? CommandOpcode.CMD_TLBI_S12_VMALL : CommandOpcode.CMD_TLBI_NH_ALL, vmid);
    }

    private Named tagged(int vmid, int asid, long address, boolean leaf, Range range) {
        boolean wrongVmid = fit == WRONG_TAG && ids.s2p() && form % 2 == 0;
        int otherVmid = wrongVmid ? vmid ^ 2 : vmid;
        int otherAsid = fit == WRONG_TAG && !wrongVmid ? asid ^ 2 : asid;
        return new Named(0, 0, false, otherVmid, otherAsid, address, leaf, range, 0);
    }

    private int tag(int vmid) {
        return fit == WRONG_TAG ? vmid ^ 2 : vmid;
    }

    private int place(HotTable table, int slot) {
        return fit == WRONG_PLACE ? (slot + 1) % table.slots() : slot;
    }

    private boolean isEl2(Stream stream) {
        return ids.hyp() && entry(stream).strw() == EL2;
    }

    private int vmid(Stream stream) {
        return ids.s2p() ? entry(stream).s2vmid() : 0;
    }

    private StreamTableEntry entry(Stream stream) {
        return new StreamTableEntry(world.memory().line(stream.steAddress()));
    }

    /** What a command names: an address, and the range from there on. */
    private record Reach(long first, Range range) {}

    private Reach reach(HotTable table, Change.Descriptor change) {
        long address = table.address(place(table, change.slot()));
        if (form != RANGE || !ids.ril()) {
            return new Reach(address, Range.NONE);
        }
        return extent == 0 || fit >= WRONG_RANGE ? new Reach(address, leafRange(table, change)) : wide(table, address);
    }

    /** A range of up to 32 units that begins anywhere before what it is about, and ends anywhere behind it; every other one is a power of two long. */
    private Reach wide(HotTable table, long address) {
        int before = extent % UNITS;
        int units = 1 + Math.max(1, before + extent / UNITS % (UNITS - before));
        int scale = extent / (UNITS * UNITS) % SCALES;
        boolean round = extent / (UNITS * UNITS * SCALES) % 2 == 1;
        int length = round ? Integer.highestOneBit(2 * units - 1) : units;
        long first = address - ((long) before << scale + table.pageShift());
        boolean within = (first ^ address) >>> table.table().inputBits() == 0;
        return new Reach(within ? first : address, new Range(length - 1, scale, 0, code(table.granule())));
    }

    /** A range of one leaf, with or without the level, or one that misses it. */
    private Range leafRange(HotTable table, Change.Descriptor change) {
        int level = table.level(change.slot());
        int shift = table.table().leafShift(level) - table.pageShift();
        int tg = code(table.granule());
        return switch (fit) {
            case WRONG_RANGE -> new Range(0, shift, level - 1, tg);
            case WRONG_RANGE + 1 -> new Range(1, 0, 0, tg % 3 + 1);
            case WRONG_RANGE + 2 -> new Range(2, 0, level, tg);
            default -> new Range(shift == 0 ? 1 : 0, shift, shift == 0 ? 0 : level, tg);
        };
    }

    private static int code(Granule granule) {
        return switch (granule) {
            case KB4 -> 1;
            case KB16 -> 2;
            case KB64 -> 3;
        };
    }

    private static CommandRecord plain(CommandOpcode opcode) {
        return tagged(opcode, 0);
    }

    private static CommandRecord tagged(CommandOpcode opcode, int vmid) {
        return CommandMaker.make(opcode, new Named(0, 0, false, vmid, 0, 0, false, Range.NONE, 0));
    }
}
