package org.nestor.generators.vectors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.register.Register;
import org.nestor.tables.StreamTable;
import org.nestor.tables.TableSpace;

/** The software side of an SMMU: sets it up, publishes commands, waits for CMD_SYNC, takes event records. */
public final class Driver {
    private static final int LOG2_ENTRIES = 6;
    private static final int ENTRIES = 1 << LOG2_ENTRIES;
    private static final int POSITIONS = 2 * ENTRIES;
    private static final long QUEUES_ENABLED = 0b1100;
    private static final long SMMUEN = 0b0001;
    private static final long OVERFLOW = 1L << 31;
    private static final int PATIENCE = 10_000;

    private final Machine machine;
    private final long commands;
    private final long events;
    private int published;

    /** Takes memory for the two queues. */
    public Driver(Machine machine, TableSpace space) {
        this.machine = machine;
        this.commands = space.allocator().allocate(CommandRecord.BYTES * ENTRIES, CommandRecord.BYTES * ENTRIES);
        this.events = space.allocator().allocate(EventRecord.BYTES * ENTRIES, EventRecord.BYTES * ENTRIES);
    }

    /** From reset to SMMUEN = 1, with caches invalidated. */
    public void start(StreamTable streams) {
        machine.write(Register.STRTAB_BASE, streams.strtabBase());
        machine.write(Register.STRTAB_BASE_CFG, streams.strtabBaseCfg());
        machine.write(Register.CMDQ_BASE, commands | LOG2_ENTRIES);
        machine.write(Register.EVENTQ_BASE, events | LOG2_ENTRIES);
        control(QUEUES_ENABLED);
        complete(Commands.cfgiAll(), Commands.nsnhAll());
        control(QUEUES_ENABLED | SMMUEN);
    }

    private void control(long value) {
        machine.write(Register.CR0, value);
        await(Register.CR0ACK, value);
    }

    /** Hands commands over, all at once, and waits for nothing. */
    public void publish(CommandRecord... records) {
        if (records.length > ENTRIES) {
            throw new IllegalArgumentException(records.length + " commands at once");
        }
        PhysicalMemory memory = machine.memory();
        for (CommandRecord command : records) {
            long entry = commands + (long) CommandRecord.BYTES * (published % ENTRIES);
            memory.write64(entry, command.dw0());
            memory.write64(entry + 8, command.dw1());
            published = (published + 1) % POSITIONS;
        }
        machine.write(Register.CMDQ_PROD, published);
        await(Register.CMDQ_CONS, published);
    }

    /** Publishes a CMD_SYNC and waits until it is complete. */
    public void sync() {
        publish(Commands.sync());
    }

    /** Publishes commands with a CMD_SYNC behind them, and waits for that. */
    public void complete(CommandRecord... records) {
        CommandRecord[] all = Arrays.copyOf(records, records.length + 1);
        all[records.length] = Commands.sync();
        publish(all);
    }

    /**
     * Reads a register until it shows the value.
     *
     * @throws IllegalStateException if it does not, as after a command error
     */
    private void await(Register register, long value) {
        for (int reads = 0; reads < PATIENCE; reads++) {
            if (machine.read(register) == value) {
                return;
            }
        }
        throw new IllegalStateException(
                register + " shows 0x" + Long.toHexString(machine.read(register)) + ", expected 0x"
                        + Long.toHexString(value) + "; GERROR is 0x"
                        + Long.toHexString(machine.read(Register.GERROR)));
    }

    /** The records written since the last call, oldest first. */
    public List<EventRecord> takeEvents() {
        List<EventRecord> records = new ArrayList<>();
        long produced = machine.read(Register.EVENTQ_PROD);
        int position = (int) (machine.read(Register.EVENTQ_CONS) % POSITIONS);
        while (position != produced % POSITIONS) {
            long entry = events + (long) EventRecord.BYTES * (position % ENTRIES);
            records.add(EventRecord.fromBytes(machine.memory().read(entry, EventRecord.BYTES)));
            position = (position + 1) % POSITIONS;
        }
        if (!records.isEmpty()) {
            machine.write(Register.EVENTQ_CONS, position | produced & OVERFLOW);
        }
        return records;
    }
}
