package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.vfio.VfioDevice;

/** A device of a guest, as the virtualizer and the device itself see it. */
final class GuestDevice {
    private static final int REGION_SHIFT = 40;
    private static final long FAULTS = 9L << REGION_SHIFT;
    private static final int RECORD_BYTES = 64;
    private static final int ENTRIES = 512;
    private static final int KERNEL_INDEX = 16;
    private static final int MOST_STALLS = 8;
    private static final int PAGE_REQUEST = 2;
    private static final int WRITE = 2;

    private final int guest;
    private final int smmu;
    private final IommuDevice device;
    private final VfioDevice file;
    private final int page;
    private final Map<Long, Translation> cache = new HashMap<>();
    private final Map<Integer, Boolean> stalls = new HashMap<>();
    private OptionalLong msi = OptionalLong.empty();
    private int responses;

    /**
     * What the endpoint keeps of a translation.
     *
     * @param epoch how often the guest's configuration had changed
     */
    record Translation(long physical, int epoch) {}

    GuestDevice(int guest, int smmu, IommuDevice device, VfioDevice file, int page) {
        this.guest = guest;
        this.smmu = smmu;
        this.device = device;
        this.file = file;
        this.page = page;
    }

    int guest() {
        return guest;
    }

    /** Which SMMU it is behind. */
    int smmu() {
        return smmu;
    }

    IommuDevice device() {
        return device;
    }

    VfioDevice file() {
        return file;
    }

    int stream() {
        return device.description().streamIds().get(0);
    }

    boolean stallCapable() {
        return device.description().stall();
    }

    /** Whether it is open, and has places for stalls left: what waits for one is not reported before that is answered. */
    boolean mayIssue() {
        return mayIssue(1);
    }

    /** As the other, for that many at a time. */
    boolean mayIssue(int transactions) {
        return file.isBusMaster() && stalls.size() + transactions <= MOST_STALLS;
    }

    /** The endpoint's ATC, by page. */
    Map<Long, Translation> cache() {
        return cache;
    }

    /** The stalls that were reported and not answered: whether they are writes, by group. */
    Map<Integer, Boolean> stalls() {
        return stalls;
    }

    /** What an enabled MSI was prepared to be written to. */
    OptionalLong msi() {
        return msi;
    }

    void setMsi(OptionalLong address) {
        msi = address;
    }

    /** Takes the new records off the ring of faults. */
    List<byte[]> takeFaults() {
        List<byte[]> records = new ArrayList<>();
        if (!file.isOpen()) {
            return records;
        }
        byte[] header = file.read(FAULTS, KERNEL_INDEX + 4).toOptional().orElse(new byte[KERNEL_INDEX + 4]);
        int head = (int) UserBuffer.u32(header, KERNEL_INDEX);
        int tail = (int) UserBuffer.u32(header, 0);
        while (tail != head) {
            records.add(file.read(FAULTS + page + (long) tail * RECORD_BYTES, RECORD_BYTES)
                    .toOptional()
                    .orElseThrow());
            tail = (tail + 1) % ENTRIES;
        }
        if (!records.isEmpty()) {
            file.write(FAULTS, new StructWriter(4).u32(head).toBytes());
        }
        return records;
    }

    /** Takes note of a record that tells of a stall. */
    void noteStall(byte[] record) {
        if (UserBuffer.u32(record, 0) == PAGE_REQUEST) {
            stalls.put((int) UserBuffer.u32(record, 16), (UserBuffer.u32(record, 20) & WRITE) != 0);
        }
    }

    /** Where the next response goes in the ring, counted from the ring's first byte. */
    int nextResponse() {
        int at = responses;
        responses = (responses + 1) % ENTRIES;
        return at;
    }

    int responses() {
        return responses;
    }

    /** Its rings are new. */
    void reopened() {
        responses = 0;
        stalls.clear();
        msi = OptionalLong.empty();
    }
}
