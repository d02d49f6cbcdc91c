package org.nestor.iommu.smmuv3;

import java.util.List;
import org.nestor.iommu.Parts;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.Line;

/** Rewrites the STE of a stream that may be in use, so that a transaction sees the old configuration, the new one, or an abort. */
final class SteWriter {
    private final PhysicalMemory memory;
    private final StreamTableSoftware table;
    private final CommandQueueSoftware commands;
    private final DriverOptions options;
    private final SteComposer composer;
    private final SteUpdate update;

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
        this.update = parts.get(SteUpdate.class, SteUpdate::new);
    }

    SteImage read(int streamId) {
        long entry = table.entry(streamId);
        return new SteImage(
                memory.read64(entry), memory.read64(entry + 8), memory.read64(entry + 16), memory.read64(entry + 24));
    }

    @Rule("R-STE-06")
    @Rule("R-STE-16")
    @Rule("R-STE-17")
    @Rule("R-STE-22")
    void write(int streamId, StreamTarget target, SteComposer.Traits traits) {
        SteImage old = read(streamId);
        SteImage image = composer.image(target, traits, options);
        if (old.live2() && image.live2() && old.dw3() != image.dw3()) {
            throw new IllegalStateException("stage 2 of another domain is live in the STE of stream " + streamId);
        }
        List<SteImage> images = update.images(old, image);
        SteImage last = old;
        for (SteImage next : images) {
            store(table.entry(streamId), last.line(), next.line());
            commands.complete(Commands.cfgiSte(streamId));
            last = next;
        }
        if (!images.isEmpty() && (image.live1() || image.live2()) && !options.skipPrefetch()) {
            commands.issue(Commands.prefetchConfig(streamId));
        }
    }

    private void store(long entry, Line last, Line next) {
        for (int i = 0; i < Line.DOUBLEWORDS; i++) {
            if (last.doubleword(i) != next.doubleword(i)) {
                memory.write64(entry + (long) Long.BYTES * i, next.doubleword(i));
            }
        }
    }
}
