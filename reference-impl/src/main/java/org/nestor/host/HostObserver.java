package org.nestor.host;

import java.util.ArrayList;
import java.util.List;
import org.nestor.iommu.smmuv3.DriverObserver;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;

/** Keeps what the driver does, up to a bound, until it is taken. */
final class HostObserver implements DriverObserver {
    private static final int MOST = 1 << 12;

    private final List<CommandRecord> commands = new ArrayList<>();
    private final List<EventRecord> log = new ArrayList<>();

    @Override
    public void command(CommandRecord command) {
        if (commands.size() < MOST) {
            commands.add(command);
        }
    }

    @Override
    public void printed(EventRecord event) {
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
