package org.nestor.iommu.smmuv3;

import java.util.List;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.Register;

/** The driver's side of the command queue: writes commands, publishes them, waits for CMD_SYNC. */
final class CommandQueueSoftware {
    private static final int LOG2_ENTRIES = 8;
    private static final int ENTRIES = 1 << LOG2_ENTRIES;
    private static final int POSITIONS = 2 * ENTRIES;
    private static final int PATIENCE = 100_000;

    /** A range of more pages than this is invalidated with all of its tag. */
    static final int MOST_PER_RANGE = 512;

    /** Longest batch that is published at once. */
    static final int BATCH = 64;

    private static final long INDEX = 0xFFFFF;
    private static final long CMDQ_ERR = 1;

    private final SmmuPort port;
    private final PhysicalMemory memory;
    private final DriverObserver observer;
    private long base;
    private int prod;

    CommandQueueSoftware(SmmuPort port, DriverObserver observer) {
        this.port = port;
        this.memory = port.memory();
        this.observer = observer;
    }

    static int order() {
        return LOG2_ENTRIES + 4;
    }

    /** Sets the queue up, before it is enabled. */
    void start(long address) {
        base = address;
        prod = 0;
        port.write(Register.CMDQ_BASE, address | LOG2_ENTRIES);
        port.write(Register.CMDQ_PROD, 0);
        port.write(Register.CMDQ_CONS, 0);
    }

    /** Publishes one command, without waiting for its completion. */
    void issue(CommandRecord command) {
        place(command);
        publish();
    }

    /** Publishes commands, in groups of at most 64, and one CMD_SYNC behind the last, and waits for that. */
    void complete(List<CommandRecord> commands) {
        int placed = 0;
        for (CommandRecord command : commands) {
            place(command);
            if (++placed % BATCH == 0) {
                publish();
            }
        }
        complete();
    }

    void complete(CommandRecord command) {
        place(command);
        complete();
    }

    private void complete() {
        place(Commands.SYNC);
        publish();
    }

    private void place(CommandRecord command) {
        long entry = base + (long) CommandRecord.BYTES * (prod % ENTRIES);
        memory.write64(entry, command.dw0());
        memory.write64(entry + 8, command.dw1());
        prod = (prod + 1) % POSITIONS;
        observer.command(command);
    }

    /** A command that the SMMU finds illegal is replaced by CMD_SYNC and the error acknowledged, as a driver does. */
    private void publish() {
        port.write(Register.CMDQ_PROD, prod);
        for (int reads = 0; reads < PATIENCE; reads++) {
            long cons = port.read(Register.CMDQ_CONS) & INDEX;
            if (cons == prod) {
                return;
            }
            long error = port.read(Register.GERROR) ^ port.read(Register.GERRORN);
            if ((error & CMDQ_ERR) != 0) {
                skip(cons);
            }
        }
        throw new SoftLockup("CMDQ_CONS does not reach CMDQ_PROD");
    }

    private void skip(long cons) {
        long entry = base + CommandRecord.BYTES * (cons % ENTRIES);
        observer.illegal(new CommandRecord(memory.read64(entry), memory.read64(entry + 8)));
        memory.write64(entry, Commands.SYNC.dw0());
        memory.write64(entry + 8, Commands.SYNC.dw1());
        port.write(Register.GERRORN, port.read(Register.GERRORN) ^ CMDQ_ERR);
    }
}
