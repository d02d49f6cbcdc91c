package org.nestor.oracle.qemu;

import java.util.List;
import org.nestor.memory.ExternalAbort;
import org.nestor.oracle.SoftwareView;
import org.nestor.protocol.RegisterRef;
import org.nestor.smmu.register.Register;

/** The registers and the memory of QEMU's SMMU, in the order of the calls. Writes are not waited for. */
final class SmmuPort implements SoftwareView {
    private static final long BASE = 0x0905_0000L;
    private static final int POSTED_BYTES = 512;

    private final QtestLink qtest;
    private final PhysicalRam ram;

    SmmuPort(QtestLink qtest, PhysicalRam ram) {
        this.qtest = qtest;
        this.ram = ram;
    }

    @Override
    public long read(Register register) {
        return qtest.value(reading(register));
    }

    /** In one round trip. */
    @Override
    public List<Long> read(List<Register> registers) {
        return qtest.values(registers.stream().map(SmmuPort::reading).toList());
    }

    /** Reads {@code size} bytes, 4 or 8, at an offset from register page 0. */
    long read(RegisterRef.Offset at) {
        return qtest.value(Qtest.read(BASE + at.offset(), at.size()));
    }

    @Override
    public void write(Register register, long value) {
        qtest.post(Qtest.write(BASE + register.offset(), bytes(register), value));
    }

    /** Writes 4 or 8 bytes at an offset from register page 0. */
    void write(RegisterRef.Offset at, long value) {
        qtest.post(Qtest.write(BASE + at.offset(), at.size(), value));
    }

    @Override
    public byte[] memory(long address, int length) {
        if (!PhysicalRam.holds(address, length)) {
            throw new ExternalAbort(address);
        }
        qtest.settle();
        return ram.read(address, length);
    }

    /** Writes memory, after all that was asked for before: through QEMU if it is still busy with that, or else at once. */
    void writeMemory(long address, byte[] content) {
        if (content.length > POSTED_BYTES) {
            qtest.settle();
        }
        if (qtest.isSettled()) {
            ram.write(address, content);
        } else {
            qtest.post(Qtest.write(address, content));
        }
    }

    private static String reading(Register register) {
        return Qtest.read(BASE + register.offset(), bytes(register));
    }

    private static int bytes(Register register) {
        return register.width() / Byte.SIZE;
    }
}
