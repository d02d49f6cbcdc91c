package org.nestor.oracle.qemu;

import java.util.List;

/**
 * A device on bus 0.
 *
 * @param device its device number, 0 to 31; its function number is 0
 * @param identity vendor and device identifier, as the first configuration word reads
 * @param bar where its registers are put
 */
record PciFunction(int device, long identity, long bar) {
    private static final long ECAM = 0x3f00_0000L;
    private static final int DEVICE_SHIFT = 15;
    private static final int SID_SHIFT = 3;
    private static final int COMMAND = 0x04;
    private static final int MEMORY_AND_MASTER = 6;
    private static final int BAR0 = 0x10;
    private static final long MMIO = 0x1000_0000L;
    private static final int MMIO_SHIFT = 20;
    private static final long EDU = 0x11e8_1234L;
    private static final long TEST_DEVICE_IDENTITY = 0x0005_1b36L;

    /** The {@code edu} devices of the machine. */
    static final List<PciFunction> EDUS = List.of(at(2, EDU), at(4, EDU));

    /** The {@code iommu-testdev} of a machine that has one. */
    static final PciFunction TEST_DEVICE = at(6, TEST_DEVICE_IDENTITY);

    private static PciFunction at(int device, long identity) {
        return new PciFunction(device, identity, MMIO + ((long) device << MMIO_SHIFT));
    }

    /** Its StreamID, which is its PCI requester identifier. */
    long sid() {
        return (long) device << SID_SHIFT;
    }

    /** Where it is plugged in, as a command line says it. */
    String slot() {
        return String.format("addr=%02x.0", device);
    }

    /** Makes its registers reachable and lets it issue DMA, as is needed after each reset. */
    void enable(QtestLink qtest) {
        qtest.post(Qtest.write(configuration() + BAR0, Integer.BYTES, bar));
        qtest.post(Qtest.write(configuration() + COMMAND, Short.BYTES, MEMORY_AND_MASTER));
    }

    /** The command that reads its identity. */
    String identification() {
        return Qtest.read(configuration(), Integer.BYTES);
    }

    private long configuration() {
        return ECAM + ((long) device << DEVICE_SHIFT);
    }
}
