package org.nestor.host;

import java.util.ArrayList;
import java.util.List;
import org.nestor.iommu.smmuv3.DriverObserver;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.register.Register;

/** Keeps what the driver does, up to a bound, until it is taken. */
final class HostObserver implements DriverObserver {
    private static final int MOST = 1 << 12;

    private final DriverObserver also;
    private final List<CommandRecord> commands = new ArrayList<>();
    private final List<EventRecord> log = new ArrayList<>();

    /** Tells another observer as well. */
    HostObserver(DriverObserver also) {
        this.also = also;
    }

    @Override
    public void wrote(Register register) {
        also.wrote(register);
    }

    @Override
    public void illegal(CommandRecord command) {
        also.illegal(command);
    }

    @Override
    public void command(CommandRecord command) {
        also.command(command);
        if (commands.size() < MOST) {
            commands.add(command);
        }
    }

    @Override
    public void printed(EventRecord event) {
        also.printed(event);
        if (log.size() < MOST) {
            log.add(event);
        }
    }

    List<CommandRecord> takeCommands() {
        List<CommandRecord> taken = List.copyOf(commands);
        commands.clear();
        return taken;
    }

    List<EventRecord> takeLog() {
        List<EventRecord> taken = List.copyOf(log);
        log.clear();
        return taken;
    }
}
