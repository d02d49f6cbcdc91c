package org.nestor.generators.play;

import org.nestor.generators.scenario.Capability;
import org.nestor.generators.scenario.Setup.MachinePlan;
import org.nestor.generators.vectors.Commands;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** Brings the machine up, and sets up parts of it again. */
final class MachineMoves {
    static final long SMMUEN = 1;
    static final long PRIQEN = 1 << 1;
    static final long EVENTQEN = 1 << 2;
    static final long CMDQEN = 1 << 3;
    private static final long ATSCHK = 1 << 4;
    private static final long VMW = 0b111 << 6;
    private static final long ATTRIBUTES = 0xD75;
    private static final long UPDATE = 1L << 31;
    private static final long USE_INCOMING = 0x1000;
    private static final long BYPASS_FIELDS = 0x001F_3F1F;
    private static final long BASE_DIRT = 0xC000_0000_0000_0000L;
    private static final int LOG2SIZE = 0x3F;
    private static final int SPLIT_SHIFT = 6;
    private static final int SPLIT = 0x1F;
    private static final int TWO_LEVEL = 1 << 16;
    private static final long L1STD_BYTES = 8;
    private static final long STE_BYTES = 64;
    private static final long LOW_DIRT = 0x3F;
    private static final int SIZE_BITS = 5;

    private final World world;

    MachineMoves(World world) {
        this.world = world;
    }

    private IdRegisters ids() {
        return world.capabilities().ids();
    }

    private MachinePlan plan() {
        return world.setup().machine();
    }

    /** From reset to SMMUEN = 1, with caches invalidated. */
    void start(boolean enabled) {
        Script script = world.script();
        world.memory().live();
        script.write(Register.CR1, ATTRIBUTES);
        script.write(Register.CR2, control2());
        streams();
        for (int queue = 0; queue <= (ids().pri() ? Queues.PRI : Queues.EVENT); queue++) {
            script.write(Queues.baseRegister(queue), dirty(world.queues().base(queue)));
            script.write(Queues.prod(queue), 0);
            script.write(Queues.cons(queue), 0);
        }
        interrupts(plan().interrupts());
        if (plan().bypass() > 0) {
            script.write(Register.GBPA, UPDATE | bypass(plan().bypass()));
        }
        world.enableAndLook(queuesOn());
        world.commands().publish(Commands.cfgiAll(), Commands.nsnhAll(), Commands.sync());
        if (ids().hyp()) {
            world.commands()
                    .publish(
                            CommandMaker.make(
                                    CommandOpcode.CMD_TLBI_EL2_ALL,
                                    new CommandMaker.Named(0, 0, false, 0, 0, 0, false, CommandMaker.Range.NONE, 0)),
                            Commands.sync());
        }
        if (enabled) {
            script.later(() -> world.enableAndLook(everythingOn()));
        }
    }

    /** CR2: E2H, RECINVSID and PTM. */
    private long control2() {
        return (ids().hyp() ? plan().control() & 1 : 0) | plan().control() & 0b10 | (ids().btm() ? 0b100 : 0);
    }

    long queuesOn() {
        return CMDQEN | EVENTQEN | (ids().ats() && (plan().control() >>> 2 & 1) == 1 ? ATSCHK : 0) | vmw();
    }

    private long vmw() {
        return ids().vmw() ? (long) (plan().control() >>> 3) << 6 & VMW : 0;
    }

    long everythingOn() {
        return queuesOn() | SMMUEN | (ids().pri() ? PRIQEN : 0);
    }

    /** Bits in a base register that mean nothing. */
    long dirty(long base) {
        return base ^ dirt(plan().dirt());
    }

    static long dirt(int choice) {
        return choice == 0 ? 0 : BASE_DIRT & Bits.mix(choice);
    }

    /** STRTAB_BASE and STRTAB_BASE_CFG as the set-up has them. */
    void streams() {
        int config = world.scene().streamTable().strtabBaseCfg();
        long low = plan().dirt() == 0 ? 0 : LOW_DIRT & Bits.mix(plan().dirt() + 1);
        world.script().write(Register.STRTAB_BASE_CFG, config);
        world.script()
                .write(Register.STRTAB_BASE, dirty(world.scene().streamTable().strtabBase()) | low);
    }

    /** One bit of the address of a table that means nothing there, the topmost such more often than others; or one that does. */
    static long withinTable(int config, int choice) {
        int bits = Long.numberOfTrailingZeros(tableBytes(config));
        return 1L << (choice % 2 == 0 ? bits - 1 : choice / 2 % (bits + 1));
    }

    /** Bytes of the table that STRTAB_BASE points to; the bits of an address within it mean nothing there. */
    static long tableBytes(int config) {
        int streamIdBits = config & LOG2SIZE;
        boolean twoLevel = (config & TWO_LEVEL) != 0;
        int split = config >>> SPLIT_SHIFT & SPLIT;
        return twoLevel ? L1STD_BYTES << Math.max(0, streamIdBits - split) : STE_BYTES << streamIdBits;
    }

    /** GBPA fields; 0 is use incoming without abort. */
    static long bypass(int choice) {
        return choice == 0 ? USE_INCOMING : USE_INCOMING ^ BYPASS_FIELDS & Bits.mix(choice);
    }

    /** 0 none, 1 wired, 2 by MSI; from 3 on some of the sources. */
    void interrupts(int choice) {
        if (choice == 0 || !world.capabilities().can(Capability.INTERRUPTS)) {
            return;
        }
        if (choice % 3 == 2 && ids().msi()) {
            messages(0, choice);
        }
        int sources = choice < 3 ? 0b111 : choice / 3;
        world.script().write(Register.IRQ_CTRL, sources & (ids().pri() ? 0b111 : 0b101));
        world.script().read(Register.IRQ_CTRLACK);
    }

    /** The MSI configuration of every source. */
    void messages(int flaw, int data) {
        long mailbox = world.arena().mailbox();
        message(
                Register.GERROR_IRQ_CFG0,
                Register.GERROR_IRQ_CFG1,
                flaw == 1 ? world.arena().hole() : mailbox,
                data);
        message(
                Register.EVENTQ_IRQ_CFG0,
                Register.EVENTQ_IRQ_CFG1,
                flaw == 2 ? world.arena().hole() : mailbox + 8,
                data);
        if (ids().pri()) {
            message(
                    Register.PRIQ_IRQ_CFG0,
                    Register.PRIQ_IRQ_CFG1,
                    flaw == 3 ? world.arena().hole() : mailbox + 16,
                    data);
            world.script().write(Register.PRIQ_IRQ_CFG2, (long) (data & 1) << 31 | data & 0x3F);
        }
        world.script().write(Register.GERROR_IRQ_CFG2, data & 0x3F);
        world.script().write(Register.EVENTQ_IRQ_CFG2, data >>> 2 & 0x3F);
    }

    private void message(Register address, Register payload, long where, int data) {
        world.script().write(address, where);
        world.script().write(payload, data + 1);
    }

    /** Moves a queue while it is disabled. */
    void moveQueue(int choice, int size, int index, int dirt) {
        int queue = choice % (ids().pri() ? 3 : 2);
        long bit = switch (queue) {
            case Queues.COMMAND -> CMDQEN;
            case Queues.EVENT -> EVENTQEN;
            default -> PRIQEN;
        };
        long before = world.enabled();
        Script script = world.script();
        world.enableAndLook(before & ~bit);
        world.queues().resize(queue, world.queues().log2Size(queue, size));
        int start = index & 2 * world.queues().entries(queue) - 1;
        script.write(Queues.baseRegister(queue), base(queue, dirt));
        script.write(Queues.prod(queue), start);
        script.write(Queues.cons(queue), start);
        if (queue == Queues.COMMAND) {
            world.commands().restart(start);
        }
        world.enableAndLook(before | bit);
    }

    /** 7 in the lowest bits puts the queue where nothing is; others set bits that mean nothing. */
    private long base(int queue, int dirt) {
        long base = world.queues().base(queue);
        if (dirt % 8 == 7) {
            return world.arena().hole() & -(1L << 2 * SIZE_BITS)
                    | world.queues().log2Size(queue);
        }
        return base ^ dirt(dirt);
    }
}
