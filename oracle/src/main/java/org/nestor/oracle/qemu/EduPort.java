package org.nestor.oracle.qemu;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Access;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/**
 * QEMU's {@code edu}: copies up to a page between memory and a buffer of its own, and tells nothing about how that went. So
 * where a write went is looked for in memory, and what a read delivered is fetched from the buffer by a second, untranslated
 * copy.
 */
final class EduPort implements DmaPort {
    /** Bytes of the buffer. */
    static final int BUFFER_BYTES = 4096;

    private final PciFunction function;
    private final EduBuffer buffer;
    private final Probes probes;

    EduPort(
            PciFunction function,
            QtestLink qtest,
            SmmuPort smmu,
            PhysicalRam ram,
            Accelerator clock,
            Duration patience) {
        this.function = function;
        this.buffer = new EduBuffer(new EduTransfer(qtest, function.bar(), clock, patience), smmu, ram);
        this.probes = new Probes(ram);
    }

    @Override
    public long sid() {
        return function.sid();
    }

    @Override
    public Optional<String> refusal(Request.Dma dma) {
        return dma.len() > BUFFER_BYTES
                ? Optional.of("len: expected at most " + BUFFER_BYTES + ", the device's buffer")
                : Optional.empty();
    }

    @Override
    public Reply.Dma issue(Request.Dma dma, Bytes data) {
        return dma.access() == Access.WRITE ? write(dma, data) : read(dma);
    }

    private Reply.Dma write(Request.Dma dma, Bytes data) {
        buffer.load(data);
        Probes.Watch watch = probes.watch(dma.probe(), data);
        buffer.write(dma.iova());
        Optional<Long> pa = watch.end();
        return pa.isPresent() ? ok(pa, Optional.empty()) : Reply.Dma.of(DmaResult.UNSEEN);
    }

    /** A read that failed delivers zeros, and so does one of zeros. */
    private Reply.Dma read(Request.Dma dma) {
        Bytes data = buffer.read(dma.iova(), dma.len());
        if (data.equals(Bytes.of(new byte[dma.len()]))) {
            return Reply.Dma.of(DmaResult.UNSEEN);
        }
        List<Long> holders = probes.holding(dma.probe(), data);
        return ok(Optional.of(holders).filter(one -> one.size() == 1).map(one -> one.get(0)), Optional.of(data));
    }

    private static Reply.Dma ok(Optional<Long> pa, Optional<Bytes> data) {
        return new Reply.Dma(
                DmaResult.OK, pa, data, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }
}
