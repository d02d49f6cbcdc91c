package org.nestor.allowed;

import java.util.ArrayList;
import java.util.List;
import org.nestor.allowed.AllowedOutcome.HardwareUpdate;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.fault.FaultClass;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.UncachedReader;

/** Reads memory as it is, and tells of hardware updates instead of making them. */
final class PresentReader extends UncachedReader {
    private final MemoryHistory memory;
    private final Speculation speculation;
    private final List<HardwareUpdate> updates = new ArrayList<>();
    private boolean guesses;

    PresentReader(MemoryHistory memory, Speculation speculation) {
        super(memory.now());
        this.memory = memory;
        this.speculation = speculation;
    }

    @Override
    public void begin(Transaction transaction) {
        updates.clear();
        guesses = false;
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

    @Override
    public long l1StreamTableDescriptor(int streamId, int split, long address) {
        guesses |= memory.unknown(address);
        return super.l1StreamTableDescriptor(streamId, split, address);
    }

    @Override
    public Line streamTableEntry(int streamId, long address) {
        guesses |= memory.unknown(address);
        return super.streamTableEntry(streamId, address);
    }

    @Override
    public long l1ContextDescriptor(int streamId, int substreamId, int split, long address) {
        guesses |= memory.unknown(address);
        return super.l1ContextDescriptor(streamId, substreamId, split, address);
    }

    @Override
    public Line contextDescriptor(int streamId, int substreamId, long address) {
        guesses |= memory.unknown(address);
        return super.contextDescriptor(streamId, substreamId, address);
    }

    @Override
    public long stage1Descriptor(Stage1Regime regime, long inputAddress, int level, long address) {
        guesses |= memory.unknown(address);
        return super.stage1Descriptor(regime, inputAddress, level, address);
    }

    @Override
    public long stage2Descriptor(Stage2Regime regime, long ipa, int level, FaultClass purpose, long address) {
        guesses |= memory.unknown(address);
        return super.stage2Descriptor(regime, ipa, level, purpose, address);
    }

    /** Whether the last translation read what is not known. */
    boolean guesses() {
        return guesses;
    }

    /** What the last translation would have updated. */
    List<HardwareUpdate> updates() {
        return List.copyOf(updates);
    }
}
