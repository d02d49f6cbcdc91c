package org.nestor.iommu.smmuv3;

import org.nestor.iommu.Parts;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;

/** Rewrites the STE of a stream that may be in use, so that a transaction sees the old configuration, the new one, or an abort. */
final class SteWriter {
    private final PhysicalMemory memory;
    private final StreamTableSoftware table;
    private final CommandQueueSoftware commands;
    private final DriverOptions options;
    private final SteComposer composer;
    private final TransientSte between;
    private final StoreOrder order;

    SteWriter(
            PhysicalMemory memory,
            StreamTableSoftware table,
            CommandQueueSoftware commands,
            DriverOptions options,
            Parts parts) {
        this.memory = memory;
        this.table = table;
        this.commands = commands;
        this.options = options;
        this.composer = parts.get(SteComposer.class, SteComposer::new);
        this.between = parts.get(TransientSte.class, TransientSte::new);
        this.order = parts.get(StoreOrder.class, StoreOrder::new);
    }

    SteImage read(int streamId) {
        long entry = table.entry(streamId);
        return new SteImage(
                memory.read64(entry), memory.read64(entry + 8), memory.read64(entry + 16), memory.read64(entry + 24));
    }

    void write(int streamId, StreamTarget target, SteComposer.Traits traits) {
        int config = composer.config(target, options);
        if (config == SteImage.ABORT || config == SteImage.BYPASS) {
            stop(streamId, config);
        } else {
            translate(streamId, target, traits);
        }
    }

    /** Abort or bypass: doubleword 0 decides alone, so it goes first. */
    @Rule("R-STE-06")
    @Rule("R-STE-14")
    @Rule("R-STE-18")
    private void stop(int streamId, int config) {
        long entry = table.entry(streamId);
        memory.write64(entry, SteImage.configured(config));
        memory.write64(entry + 8, SteImage.SHCFG_INCOMING);
        memory.write64(entry + 16, 0);
        sync(streamId);
    }

    @Rule("R-STE-16")
    @Rule("R-STE-17")
    @Rule("R-STE-18")
    @Rule("R-STE-19")
    @Rule("R-STE-22")
    private void translate(int streamId, StreamTarget target, SteComposer.Traits traits) {
        SteImage old = read(streamId);
        long entry = table.entry(streamId);
        SteImage image = composer.withStage2(
                target, composer.dw0(target, options), composer.dw1(target, traits, options, old.dw1()));
        if (old.live2() && image.live2() && old.dw3() != image.dw3()) {
            throw new IllegalStateException("stage 2 of another domain is live in the STE of stream " + streamId);
        }
        if (old.live1() || old.live2()) {
            memory.write64(entry, between.dw0());
            sync(streamId);
        }
        order.store(
                () -> {
                    memory.write64(entry + 8, image.dw1());
                    memory.write64(entry + 16, image.dw2());
                    memory.write64(entry + 24, image.dw3());
                    sync(streamId);
                },
                () -> {
                    memory.write64(entry, image.dw0());
                    sync(streamId);
                });
        if (!options.skipPrefetch()) {
            commands.issue(Commands.prefetchConfig(streamId));
        }
    }

    private void sync(int streamId) {
        CommandRecord invalidation = Commands.cfgiSte(streamId);
        commands.complete(invalidation);
    }
}
