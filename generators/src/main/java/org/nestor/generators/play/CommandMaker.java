package org.nestor.generators.play;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Field;

/** Encodes commands of any opcode from operands of which each command takes those that it has. */
final class CommandMaker {
    private static final Map<CommandOpcode, List<Field>> FIELDS = fields();

    private CommandMaker() {}

    private static Map<CommandOpcode, List<Field>> fields() {
        Map<CommandOpcode, List<Field>> fields = new EnumMap<>(CommandOpcode.class);
        for (CommandOpcode opcode : CommandOpcode.values()) {
            fields.put(opcode, opcode.layout().fields());
        }
        return fields;
    }

    /**
     * What commands may name.
     *
     * @param streamId a StreamID
     * @param substreamId a SubstreamID
     * @param ssv whether there is one
     * @param vmid a VMID
     * @param asid an ASID
     * @param address an input address or IPA
     * @param leaf Leaf
     * @param range NUM, SCALE, TTL and TG
     * @param other what else there is, field by field out of these bits
     */
    record Named(
            int streamId,
            int substreamId,
            boolean ssv,
            int vmid,
            int asid,
            long address,
            boolean leaf,
            Range range,
            long other) {}

    /** The operands of a range; all 0 for a single address. */
    record Range(int num, int scale, int ttl, int tg) {
        static final Range NONE = new Range(0, 0, 0, 0);
    }

    static CommandRecord make(CommandOpcode opcode, Named named) {
        long dw0 = 0;
        long dw1 = 0;
        for (Field field : FIELDS.getOrDefault(opcode, List.of())) {
            long bits = value(opcode, field, named) << field.low() & field.mask();
            if (field.doubleword() == 0) {
                dw0 |= bits;
            } else {
                dw1 |= bits;
            }
        }
        return new CommandRecord(dw0, dw1);
    }

    private static long value(CommandOpcode opcode, Field field, Named named) {
        return switch (field.name()) {
            case "Opcode" -> opcode.code();
            case "SSec" -> 0;
            case "SSV" -> named.ssv() ? 1 : 0;
            case "SubstreamID" -> named.substreamId();
            case "StreamID" -> named.streamId();
            case "VMID" -> named.vmid();
            case "ASID" -> named.asid();
            case "Addr" -> named.address() >>> field.low();
            case "Leaf" -> named.leaf() ? 1 : 0;
            case "NUM" -> named.range().num();
            case "SCALE" -> named.range().scale();
            case "TTL" -> named.range().ttl();
            case "TG" -> named.range().tg();
            default -> named.other() >>> field.low() % Byte.SIZE;
        };
    }

    /** The command with its reserved bits, Secure bit or reserved operands set as the number says; 0 leaves it. */
    static CommandRecord flawed(CommandRecord command, int flaw) {
        return switch (flaw % 6) {
            case 0 -> command;
            case 1 -> new CommandRecord(command.dw0() | 1L << 10, command.dw1());
            case 2 -> new CommandRecord(command.dw0() | 0b11L << 12, command.dw1() | 0b11L << 12);
            case 3 -> new CommandRecord(command.dw0() | command.layout().reserved(0) & Bits.mix(flaw), command.dw1());
            case 4 ->
                new CommandRecord(
                        command.dw0(), command.dw1() | command.layout().reserved(1) & Bits.mix(flaw));
            default -> new CommandRecord(command.dw0(), command.dw1() ^ Bits.mix(flaw) & 0xF3F);
        };
    }
}
