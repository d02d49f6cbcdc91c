package org.nestor.generators.structure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.IdRegisters;

/**
 * Entries of the Non-secure command queue for an SMMU with given ID registers.
 *
 * <p>Left out: operands that make what a legal command does UNPREDICTABLE, which stay legal; opcodes of later architectures and of
 * the IMPLEMENTATION DEFINED range among the legal ones; and errors that do not lie in the command, such as an aborted fetch.
 */
public final class CommandRecords {
    private static final int OPCODES = 256;
    private static final int TERMINATE_ONLY = 1;
    private static final int RESERVED = 3;
    private static final int LARGEST_SPAN = 52;
    private static final List<String> RANGE = List.of("NUM", "SCALE", "TTL", "TG");

    private final IdRegisters id;

    public CommandRecords(IdRegisters id) {
        this.id = id;
    }

    /** Any bits. */
    public Arbitrary<CommandRecord> any() {
        return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(CommandRecord::new);
    }

    /** Commands that are consumed without an error, with any operands and with reserved bits 0. */
    public Arbitrary<CommandRecord> legal() {
        return legal(
                Arrays.stream(CommandOpcode.values()).filter(this::implemented).toList());
    }

    /** Commands that are CERROR_ILL for one reason alone. */
    public Arbitrary<Broken<CommandRecord>> broken() {
        List<Arbitrary<Broken<CommandRecord>>> reasons = new ArrayList<>();
        reasons.add(broken("A-CER-07", unknown()));
        reasons.add(broken("A-CER-08", legal(having("SSec")).map(command -> with(command, "SSec", 1))));
        reasons.add(broken("A-CER-15", reservedOperand()));
        List<CommandOpcode> ranged = having("TG");
        if (id.ril() && !ranged.isEmpty()) {
            reasons.add(broken("A-CER-18", legal(ranged).map(CommandRecords::reservedRange)));
        }
        return Arbitraries.oneOf(reasons);
    }

    private static Arbitrary<Broken<CommandRecord>> broken(String rule, Arbitrary<CommandRecord> commands) {
        return commands.map(command -> new Broken<>(RuleId.of(rule), command));
    }

    /** Opcodes that there are not, or not with these ID registers; the Secure bit, where they have one, is 0. */
    private Arbitrary<CommandRecord> unknown() {
        List<Integer> codes = new ArrayList<>();
        for (int code = 0; code < OPCODES; code++) {
            if (CommandOpcode.of(code).filter(this::implemented).isEmpty()) {
                codes.add(code);
            }
        }
        return Combinators.combine(Arbitraries.of(codes), any())
                .as((code, bits) -> new CommandRecord(bits.dw0() & ~(OPCODES - 1L) | code, bits.dw1()));
    }

    private Arbitrary<CommandRecord> reservedOperand() {
        Arbitrary<CommandRecord> sync =
                legal(List.of(CommandOpcode.CMD_SYNC)).map(command -> with(command, "CS", RESERVED));
        return id.pri()
                ? Arbitraries.oneOf(
                        sync,
                        legal(List.of(CommandOpcode.CMD_PRI_RESP)).map(command -> with(command, "Resp", RESERVED)))
                : sync;
    }

    private static CommandRecord reservedRange(CommandRecord command) {
        CommandRecord single = with(with(with(command, "NUM", 0), "SCALE", 0), "TTL", 0);
        return single.tg() == 0 ? with(single, "TG", 1) : single;
    }

    private List<CommandOpcode> having(String field) {
        return Arrays.stream(CommandOpcode.values())
                .filter(this::implemented)
                .filter(opcode -> opcode.layout().find(field).isPresent())
                .toList();
    }

    private Arbitrary<CommandRecord> legal(List<CommandOpcode> opcodes) {
        return Combinators.combine(Arbitraries.of(opcodes), any()).as(this::repaired);
    }

    /** Keeps the bits of fields, and maps fields that have illegal values onto legal ones. */
    private CommandRecord repaired(CommandOpcode opcode, CommandRecord bits) {
        CommandRecord command = new CommandRecord(
                bits.dw0() & ~opcode.layout().reserved(0),
                bits.dw1() & ~opcode.layout().reserved(1));
        command = with(command, opcode, "Opcode", opcode.code());
        for (Field field : opcode.layout().fields()) {
            command = with(command, opcode, field.name(), legalValue(opcode, field, command));
        }
        boolean single = command.num() == 0 && command.scale() == 0;
        boolean ranged = opcode.layout().find("TG").isPresent() && command.tg() != 0;
        return ranged && single ? with(command, "NUM", 1) : command;
    }

    private long legalValue(CommandOpcode opcode, Field field, CommandRecord command) {
        long value = field.extract(command.doubleword(field.doubleword()));
        return switch (field.name()) {
            case "Opcode" -> opcode.code();
            case "SSec" -> 0;
            case "CS", "Resp" -> value % RESERVED;
            case "Size" -> opcode == CommandOpcode.CMD_ATC_INV ? value % (LARGEST_SPAN + 1) : value;
            default -> RANGE.contains(field.name()) && !id.ril() ? 0 : value;
        };
    }

    private static CommandRecord with(CommandRecord command, String name, long value) {
        return with(command, command.command().orElseThrow(), name, value);
    }

    private static CommandRecord with(CommandRecord command, CommandOpcode opcode, String name, long value) {
        Field field = opcode.layout().field(name);
        return field.doubleword() == 0
                ? new CommandRecord(field.insert(command.dw0(), value), command.dw1())
                : new CommandRecord(command.dw0(), field.insert(command.dw1(), value));
    }

    private boolean implemented(CommandOpcode opcode) {
        return switch (opcode) {
            case CMD_CFGI_STE, CMD_CFGI_STE_RANGE, CMD_TLBI_NSNH_ALL, CMD_SYNC -> true;
            case CMD_PREFETCH_CONFIG, CMD_PREFETCH_ADDR -> true;
            case CMD_CFGI_CD, CMD_CFGI_CD_ALL -> id.s1p();
            case CMD_TLBI_NH_ALL, CMD_TLBI_NH_ASID, CMD_TLBI_NH_VA, CMD_TLBI_NH_VAA -> id.s1p();
            case CMD_TLBI_S12_VMALL, CMD_TLBI_S2_IPA -> id.s2p();
            case CMD_TLBI_EL2_ALL, CMD_TLBI_EL2_ASID, CMD_TLBI_EL2_VA, CMD_TLBI_EL2_VAA -> id.hyp();
            case CMD_ATC_INV -> id.ats();
            case CMD_PRI_RESP -> id.pri();
            case CMD_RESUME, CMD_STALL_TERM -> id.stallModel() != TERMINATE_ONLY;
            default -> false;
        };
    }
}
