package org.nestor.oracle.qemu;

import java.util.List;
import java.util.Optional;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Access;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/**
 * QEMU's {@code iommu-testdev}, in version 11 and later: writes a pattern of its own, and unlike {@code edu} it does tell
 * when that was rejected. It cannot read.
 */
final class TestDevicePort implements DmaPort {
    /** What it writes, again and again. */
    static final Bytes PATTERN = Bytes.of(new byte[] {0x78, 0x56, 0x34, 0x12});

    private static final int PERFORM = 0x00;
    private static final int IOVA = 0x04;
    private static final int LENGTH = 0x0c;
    private static final int RESULT = 0x10;
    private static final int DOORBELL = 0x14;
    private static final int ATTRIBUTES = 0x18;
    private static final int NON_SECURE = 0x0a;
    private static final int READ_BACK = 0x1c;
    private static final long REJECTED = 0xdead_0002L;
    private static final long LANDED = 0;
    private static final long READ_BACK_FAILED = 0xdead_0003L;
    private static final long MISMATCH = 0xdead_0004L;

    private final PciFunction function;
    private final QtestLink qtest;
    private final Probes probes;

    TestDevicePort(PciFunction function, QtestLink qtest, PhysicalRam ram) {
        this.function = function;
        this.qtest = qtest;
        this.probes = new Probes(ram);
    }

    @Override
    public long sid() {
        return function.sid();
    }

    @Override
    public Optional<String> refusal(Request.Dma dma) {
        if (dma.access() == Access.READ) {
            return Optional.of("access: this device only writes");
        } else if (dma.len() > EduPort.BUFFER_BYTES) {
            return Optional.of("len: expected at most " + EduPort.BUFFER_BYTES);
        } else if (dma.data().isPresent() && !dma.data().get().equals(pattern(dma.len()))) {
            return Optional.of("data: this device only writes " + PATTERN + ", again and again");
        }
        return Optional.empty();
    }

    @Override
    public Optional<Bytes> ownData(int length) {
        return Optional.of(pattern(length));
    }

    /** The device also looks for its pattern at one address, which tells no more than the probes do. */
    @Override
    public Reply.Dma issue(Request.Dma dma, Bytes data) {
        Probes.Watch watch = probes.watch(dma.probe(), data);
        long status = perform(dma.iova(), data.length());
        Optional<Long> pa = watch.end();
        if (status == REJECTED) {
            return Reply.Dma.of(DmaResult.ABORT);
        }
        return new Reply.Dma(
                DmaResult.OK,
                pa,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private long perform(long iova, int length) {
        write64(IOVA, iova);
        write64(READ_BACK, PhysicalRam.WINDOW.base());
        write(LENGTH, length);
        write(ATTRIBUTES, NON_SECURE);
        write(DOORBELL, 1);
        List<Long> answers = qtest.values(List.of(reading(PERFORM), reading(RESULT)));
        long status = answers.get(1);
        if (!List.of(LANDED, REJECTED, READ_BACK_FAILED, MISMATCH).contains(status)) {
            throw LostPeerException.died("iommu-testdev ended with 0x" + Long.toHexString(status));
        }
        return status;
    }

    private String reading(int register) {
        return Qtest.read(function.bar() + register, Integer.BYTES);
    }

    private void write64(int register, long value) {
        write(register, value & 0xffff_ffffL);
        write(register + Integer.BYTES, value >>> Integer.SIZE);
    }

    private void write(int register, long value) {
        qtest.post(Qtest.write(function.bar() + register, Integer.BYTES, value));
    }

    private static Bytes pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = PATTERN.toArray()[i % PATTERN.length()];
        }
        return Bytes.of(bytes);
    }
}
