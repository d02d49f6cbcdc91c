package org.nestor.generators.play;

import org.nestor.generators.scenario.Action;
import org.nestor.generators.scenario.Capability;
import org.nestor.generators.scenario.RegisterStep;
import org.nestor.generators.vectors.Commands;
import org.nestor.smmu.register.Register;

/** What software does with registers, and what it looks at in memory. */
final class RegisterMoves {
    private static final Register[] REGISTERS = Register.values();
    private static final long UPDATE = 1L << 31;
    private static final long ERRORS = 0x1FD;
    private static final int WORDS = 0x60;
    private static final long[] EXTREMES = {0, -1, 1, 0x8000_0000L, 0x7FFF_FFFFL, 1L << 63, 0x1F, 0xFF};
    private static final int[] ENABLES = {1, 4, 8, 2, 5, 9, 13, 12, 15};

    private final World world;
    private final MachineMoves machine;

    RegisterMoves(World world, MachineMoves machine) {
        this.world = world;
        this.machine = machine;
    }

    void play(RegisterStep step) {
        Script script = world.script();
        if (step instanceof RegisterStep.Write write) {
            write(write);
        } else if (step instanceof RegisterStep.Read read) {
            script.read(REGISTERS[read.register() % REGISTERS.length]);
        } else if (step instanceof RegisterStep.Offset offset) {
            offset(offset);
        } else if (step instanceof RegisterStep.Acknowledge acknowledge) {
            world.conversation().ask(Register.GERROR, errors -> acknowledge(errors, acknowledge.how()), () -> {});
        } else if (step instanceof RegisterStep.Enable enable) {
            enable(enable);
        } else if (step instanceof RegisterStep.Bypass bypass) {
            bypass(bypass);
        } else if (step instanceof RegisterStep.Interrupts interrupts) {
            interrupts(interrupts);
        } else if (step instanceof RegisterStep.MoveQueue move) {
            machine.moveQueue(move.queue(), move.size(), move.index(), move.dirt());
        } else if (step instanceof RegisterStep.MoveStreams move) {
            moveStreams(move);
        } else if (step instanceof RegisterStep.TakeEvents events) {
            new EventRecords(world).take(events.how());
        } else if (step instanceof RegisterStep.Await) {
            script.add(new Action.Step());
        } else if (step instanceof RegisterStep.TakeInterrupts) {
            if (world.capabilities().can(Capability.INTERRUPTS)) {
                script.add(new Action.Irqs());
            }
        } else if (step instanceof RegisterStep.Peek peek) {
            peek(peek);
        }
    }

    private void write(RegisterStep.Write step) {
        Register register = REGISTERS[step.register() % REGISTERS.length];
        long plain = plain(register);
        long value = switch (step.form() % 4) {
            case 0 -> plain;
            case 1 -> plain ^ 1L << step.operand() % register.width();
            case 2 -> EXTREMES[step.operand() % EXTREMES.length];
            default -> Bits.mix(step.operand());
        };
        if (register == Register.CR0) {
            world.enable(value);
        } else {
            world.script().write(register, value);
        }
    }

    /** What a register holds as far as software knows. */
    private long plain(Register register) {
        return switch (register) {
            case CR0, CR0ACK -> world.enabled();
            case CMDQ_PROD, CMDQ_CONS -> world.commands().prod();
            case STRTAB_BASE -> world.scene().streamTable().strtabBase();
            case STRTAB_BASE_CFG -> world.scene().streamTable().strtabBaseCfg();
            case CMDQ_BASE -> world.queues().base(Queues.COMMAND);
            case EVENTQ_BASE -> world.queues().base(Queues.EVENT);
            case PRIQ_BASE -> world.queues().base(Queues.PRI);
            case GBPA -> UPDATE | MachineMoves.bypass(0);
            case GERROR_IRQ_CFG0, EVENTQ_IRQ_CFG0, PRIQ_IRQ_CFG0 ->
                world.arena().mailbox();
            default -> 0;
        };
    }

    /** Words around registers: on either page, at the ends of the pages, in the part for Secure state. */
    private void offset(RegisterStep.Offset step) {
        int size = step.size() % 2 == 0 ? Integer.BYTES : Long.BYTES;
        int number = step.offset() % WORDS;
        long page = step.offset() / WORDS % 4;
        long base = page == 3 ? 0x8000 : page == 2 ? 0xFD0 - 0x40 : page * Register.PAGE_1;
        long offset = (base + (long) Integer.BYTES * number) / size * size;
        if (step.write() == 0) {
            world.script().add(new Action.OffsetRead(offset, size));
        } else {
            long value = Bits.mix(step.write());
            world.script()
                    .add(new Action.OffsetWrite(offset, size, size == Integer.BYTES ? value >>> Integer.SIZE : value));
        }
    }

    private void acknowledge(long errors, int how) {
        switch (how % 5) {
            case 0 -> {
                world.commands().repair();
                world.script().write(Register.GERRORN, errors);
                world.script().read(Register.CMDQ_CONS);
            }
            case 1 -> world.script().write(Register.GERRORN, errors);
            case 2 -> world.script().write(Register.GERRORN, errors ^ ERRORS & Bits.mix(how));
            case 3 -> world.commands().repair();
            default -> world.script().read(Register.GERRORN);
        }
    }

    private void enable(RegisterStep.Enable step) {
        long bits = ENABLES[step.what() % ENABLES.length];
        long before = world.enabled() == 0 ? machine.everythingOn() : world.enabled() | machine.queuesOn();
        switch (step.how() % 5) {
            case 0 -> {
                world.enableAndLook(before & ~bits);
                world.enableAndLook(before & ~bits | MachineMoves.CMDQEN);
                world.commands().publish(Commands.cfgiAll(), Commands.nsnhAll(), Commands.sync());
                world.script().later(() -> world.enableAndLook(machine.everythingOn()));
            }
            case 1 -> {
                world.enableAndLook(before & ~bits);
                world.enableAndLook(machine.everythingOn());
            }
            case 2 -> world.enableAndLook(before & ~bits);
            case 3 -> {
                world.enable(before & ~bits);
                world.enable(before);
            }
            default -> world.enableAndLook(machine.everythingOn());
        }
    }

    private void bypass(RegisterStep.Bypass step) {
        long fields = MachineMoves.bypass(step.operand());
        if (step.how() % 3 == 2) {
            world.enableAndLook(world.enabled() & ~MachineMoves.SMMUEN);
        }
        world.script().write(Register.GBPA, step.how() % 3 == 1 ? fields : fields | UPDATE);
        world.script().read(Register.GBPA);
    }

    private void interrupts(RegisterStep.Interrupts step) {
        if (world.capabilities().ids().msi() && step.operand() % 2 == 1) {
            if (step.operand() % 4 == 3) {
                machine.messages(step.operand() / 4 % 4, step.operand() / 16);
            }
            world.script().write(Register.IRQ_CTRL, 0);
            world.script().read(Register.IRQ_CTRLACK);
            machine.messages(step.operand() / 4 % 4, step.operand() / 16);
        }
        world.script().write(Register.IRQ_CTRL, step.what() % 8 ^ 0b111);
        world.script().read(Register.IRQ_CTRLACK);
    }

    private void moveStreams(RegisterStep.MoveStreams step) {
        world.enableAndLook(world.enabled() & ~MachineMoves.SMMUEN);
        machine.streams();
        long config = world.scene().streamTable().strtabBaseCfg();
        long base = world.scene().streamTable().strtabBase();
        switch (step.form() % 5) {
            case 1 -> world.script().write(Register.STRTAB_BASE_CFG, config & ~0x3FL | step.operand() % 0x21);
            case 2 ->
                world.script()
                        .write(Register.STRTAB_BASE, base ^ MachineMoves.withinTable((int) config, step.operand()));
            case 3 -> world.script().write(Register.STRTAB_BASE, world.arena().hole());
            case 4 -> world.script().write(Register.STRTAB_BASE_CFG, config ^ 0x40L << step.operand() % 12);
            default -> {}
        }
        world.commands().publish(Commands.cfgiAll(), Commands.nsnhAll(), Commands.sync());
        world.script().later(() -> world.enableAndLook(machine.everythingOn()));
    }

    private void peek(RegisterStep.Peek step) {
        Stream stream = world.scene().stream(step.index());
        HotTable table = world.scene().table(step.index());
        Arena arena = world.arena();
        switch (step.what() % 6) {
            case 0 -> read(arena.page(step.index() % Arena.PAGES) + DmaPages.offset(step.index()), Integer.BYTES);
            case 1 -> {
                int slot = step.index() % table.slots();
                read(table.descriptorAddress(slot, table.level(slot)), Long.BYTES);
            }
            case 2 -> read(stream.steAddress(), Long.BYTES * 8);
            case 3 ->
                read(
                        world.queues().entry(Queues.EVENT, step.index()),
                        world.queues().entryBytes(Queues.EVENT));
            case 4 ->
                read(
                        world.queues().entry(Queues.COMMAND, step.index()),
                        world.queues().entryBytes(Queues.COMMAND));
            default -> read(arena.mailbox(), Long.BYTES * 4);
        }
    }

    private void read(long address, int length) {
        world.script().add(new Action.MemRead(address, length));
    }
}
