package org.nestor.iommu;

import java.util.List;
import java.util.Optional;

/**
 * What a device is.
 *
 * @param name of the device
 * @param streamIds of the device, possibly with duplicates
 * @param msiDoorbell physical address of the doorbell of its MSI irq domain, if it has one
 * @param hardwareMsiRegion whether its MSIs bypass the IOMMU
 * @param ats whether it has ATS
 * @param stall whether it can be stalled
 * @param described whether firmware describes its way to the IOMMU
 * @param sva whether SVA is on
 */
public record DeviceDescription(
        String name,
        List<Integer> streamIds,
        Optional<Long> msiDoorbell,
        boolean hardwareMsiRegion,
        boolean ats,
        boolean stall,
        boolean described,
        boolean sva) {

    public DeviceDescription {
        streamIds = List.copyOf(streamIds);
    }

    /** A device with one StreamID, an MSI doorbell and nothing special. */
    public static DeviceDescription of(String name, int streamId, long msiDoorbell) {
        return new DeviceDescription(
                name, List.of(streamId), Optional.of(msiDoorbell), false, false, false, true, false);
    }

    public DeviceDescription withStreams(Integer... ids) {
        return new DeviceDescription(name, List.of(ids), msiDoorbell, hardwareMsiRegion, ats, stall, described, sva);
    }

    public DeviceDescription withDoorbell(Optional<Long> doorbell) {
        return new DeviceDescription(name, streamIds, doorbell, hardwareMsiRegion, ats, stall, described, sva);
    }

    public DeviceDescription withHardwareMsiRegion() {
        return new DeviceDescription(name, streamIds, msiDoorbell, true, ats, stall, described, sva);
    }

    public DeviceDescription withAts() {
        return new DeviceDescription(name, streamIds, msiDoorbell, hardwareMsiRegion, true, stall, described, sva);
    }

    public DeviceDescription withStall() {
        return new DeviceDescription(name, streamIds, msiDoorbell, hardwareMsiRegion, ats, true, described, sva);
    }

    public DeviceDescription undescribed() {
        return new DeviceDescription(name, streamIds, msiDoorbell, hardwareMsiRegion, ats, stall, false, sva);
    }

    public DeviceDescription withSva() {
        return new DeviceDescription(name, streamIds, msiDoorbell, hardwareMsiRegion, ats, stall, described, true);
    }
}
