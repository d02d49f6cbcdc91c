package org.nestor.allowed;

import java.util.ArrayList;
import java.util.List;
import org.nestor.allowed.AllowedOutcome.HardwareUpdate;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.UncachedReader;

/** Reads memory as it is, and tells of hardware updates instead of making them. */
final class PresentReader extends UncachedReader {
    private final Speculation speculation;
    private final List<HardwareUpdate> updates = new ArrayList<>();

    PresentReader(PhysicalMemory memory, Speculation speculation) {
        super(memory);
        this.speculation = speculation;
    }

    @Override
    public void begin(Transaction transaction) {
        updates.clear();
    }

    @Override
    public Configuration translating(Transaction transaction, Configuration configuration) {
        speculation.met(configuration.stage1().orElseThrow().hardwareAccess());
        return configuration;
    }

    @Override
    public Stage2Regime translating(Stage2Regime regime, long ipa, FaultClass purpose) {
        speculation.met(regime.hardwareAccess());
        return regime;
    }

    @Override
    public boolean update(long address, long expected, long desired) {
        updates.add(new HardwareUpdate(address, desired));
        return true;
    }

    /** What the last translation would have updated. */
    List<HardwareUpdate> updates() {
        return List.copyOf(updates);
    }
}
