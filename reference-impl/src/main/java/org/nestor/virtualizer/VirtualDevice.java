package org.nestor.virtualizer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.PageResponse;
import org.nestor.iommu.StructWriter;
import org.nestor.iommu.UserBuffer;
import org.nestor.vfio.RegionMapping;
import org.nestor.vfio.VfioDevice;

/** A device that a guest was given, with the rings through which its faults come and are answered. */
final class VirtualDevice {
    private static final int REGION_SHIFT = 40;
    private static final long FAULTS = 9L << REGION_SHIFT;
    private static final long RESPONSES = 10L << REGION_SHIFT;
    private static final int RECORD_BYTES = 64;
    private static final int ENTRIES = 512;
    private static final int HEADER_BYTES = 20;
    private static final int OFFSET_AT = 12;
    private static final int KERNEL_INDEX_AT = 16;
    private static final int INDEX_BYTES = 4;
    private static final int GROUP_AT = 16;

    private final int streamId;
    private final VfioDevice file;
    private final RegionMapping responses;
    private final Set<Integer> stalls = new LinkedHashSet<>();
    private int responseHead;

    /**
     * An open device.
     *
     * @param streamId as the guest knows it
     */
    VirtualDevice(int streamId, VfioDevice file) {
        this.streamId = streamId;
        this.file = file;
        long entries = UserBuffer.u32(header(RESPONSES), OFFSET_AT);
        this.responses = file.mmap(RESPONSES + entries, ENTRIES * PageResponse.BYTES, true)
                .toOptional()
                .orElseThrow();
    }

    int streamId() {
        return streamId;
    }

    VfioDevice file() {
        return file;
    }

    private byte[] header(long region) {
        return file.read(region, HEADER_BYTES).toOptional().orElseThrow();
    }

    /** Takes the records off the ring of faults, oldest first. */
    List<byte[]> takeFaults() {
        byte[] header = header(FAULTS);
        long head = UserBuffer.u32(header, KERNEL_INDEX_AT);
        long entries = FAULTS + UserBuffer.u32(header, OFFSET_AT);
        List<byte[]> records = new ArrayList<>();
        for (long tail = UserBuffer.u32(header, 0); tail != head; tail = (tail + 1) % ENTRIES) {
            byte[] record = file.read(entries + tail * RECORD_BYTES, RECORD_BYTES)
                    .toOptional()
                    .orElseThrow();
            records.add(record);
            if (UserBuffer.u32(record, 0) == IommuFault.PAGE_REQUEST) {
                stalls.add((int) UserBuffer.u32(record, GROUP_AT));
            }
        }
        if (!records.isEmpty()) {
            file.write(FAULTS, new StructWriter(INDEX_BYTES).u32(head).toBytes());
        }
        return records;
    }

    /** Answers a stall. */
    void respond(int group, int code) {
        stalls.remove(group);
        responses.write(
                responseHead * PageResponse.BYTES, PageResponse.of(group, code).toBytes());
        responseHead = (responseHead + 1) % ENTRIES;
        file.write(RESPONSES, new StructWriter(INDEX_BYTES).u32(responseHead).toBytes());
    }

    /** Ends every stall that was reported. */
    void terminate() {
        List.copyOf(stalls).forEach(group -> respond(group, PageResponse.FAILURE));
    }
}
