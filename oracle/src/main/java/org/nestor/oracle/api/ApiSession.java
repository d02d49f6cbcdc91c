package org.nestor.oracle.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.nestor.host.Host;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.IommuGroup;
import org.nestor.iommu.Parts;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.iommu.smmuv3.SoftLockup;
import org.nestor.memory.MemoryRegion;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.json.JsonException;
import org.nestor.smmu.Smmu;
import org.nestor.vfio.Container;
import org.nestor.vfio.EventFd;
import org.nestor.vfio.VfioDevice;
import org.nestor.vfio.VfioGroup;

/** A host with what a scenario has made on it, by name. It starts when it is first needed. */
public final class ApiSession {
    private static final long MOST_TABLE_BYTES = 512L << 20;
    private static final int SHARE_OF_MEMORY = 4;

    private final Smmu smmu;
    private final Parts software;
    private final Map<String, IommuDevice> devices = new HashMap<>();
    private final Map<String, IommuGroup> groups = new HashMap<>();
    private final Map<String, IommuDomain> domains = new HashMap<>();
    private final Map<String, Container> containers = new HashMap<>();
    private final Map<IommuGroup, VfioGroup> vfioGroups = new HashMap<>();
    private final Map<IommuDevice, VfioDevice> vfioDevices = new HashMap<>();
    private final Map<IommuDevice, List<IommuFault>> faults = new HashMap<>();
    private final Map<IommuDevice, IommuGroup> groupOf = new HashMap<>();
    private final Map<Integer, EventFd> eventFds = new HashMap<>();
    private Optional<Host> host = Optional.empty();

    /** A host that has not started, whose software is that of the reference with those parts. */
    public ApiSession(Smmu smmu, Parts software) {
        this.smmu = smmu;
        this.software = software;
    }

    /** What the host's software is assembled from unless a request says more. */
    Parts software() {
        return software;
    }

    /** Why a request cannot be understood, whatever was made before; nothing for a request that is not known. */
    public static Optional<JsonException> objection(Request.Api request) {
        try {
            ApiRequests.decode(request);
            return Optional.empty();
        } catch (JsonException e) {
            return Optional.of(e);
        }
    }

    /** Answers a request. */
    public Reply answer(Request.Api request) {
        try {
            return ApiRequests.decode(request)
                    .map(action -> action.on(this))
                    .orElseGet(() -> new Reply.Failure(
                            ErrorCode.UNSUPPORTED, request.op() + ": the reference has no such request"));
        } catch (JsonException | UnknownNameException e) {
            return new Reply.Failure(ErrorCode.BAD_REQUEST, String.valueOf(e.getMessage()));
        } catch (SoftLockup e) {
            return new Reply.Failure(ErrorCode.HUNG, String.valueOf(e.getMessage()));
        }
    }

    /** Lets the driver deal with the events that the SMMU has recorded, if a host was started. */
    public void handleEvents() {
        host.ifPresent(started -> started.driver().handleEvents());
    }

    boolean isStarted() {
        return host.isPresent();
    }

    /** The host's tables are at the end of the first region of memory. */
    Host start(DriverOptions options, Parts parts) {
        MemoryRegion first = smmu.memory().regions().get(0);
        long limit = first.base() + first.size();
        Host started = new Host(List.of(smmu), tables(), limit, options, parts);
        host = Optional.of(started);
        return started;
    }

    /** First physical address of the host's tables. */
    long tables() {
        MemoryRegion first = smmu.memory().regions().get(0);
        return first.base() + first.size() - Math.min(first.size() / SHARE_OF_MEMORY, MOST_TABLE_BYTES);
    }

    Host host() {
        return host.orElseGet(() -> start(DriverOptions.DEFAULT, software));
    }

    IommuDevice device(String name) {
        return named(devices, "device", name);
    }

    IommuDomain domain(String name) {
        return named(domains, "domain", name);
    }

    Container container(String name) {
        return containers.computeIfAbsent(name, any -> host().container(this::physical));
    }

    /** A process has its memory where it is, and none elsewhere. */
    private OptionalLong physical(long virtual) {
        return smmu.memory().regions().stream().anyMatch(region -> region.contains(virtual))
                ? OptionalLong.of(virtual)
                : OptionalLong.empty();
    }

    VfioGroup vfioGroup(String device) {
        IommuGroup group = named(groupOf, "device", device(device));
        return vfioGroups.computeIfAbsent(group, host()::vfioGroup);
    }

    VfioDevice vfioDevice(String name) {
        return vfioDevices.computeIfAbsent(device(name), host()::open);
    }

    private static <K, T> T named(Map<K, T> map, String kind, K name) {
        return Optional.ofNullable(map.get(name))
                .orElseThrow(() -> new UnknownNameException(kind, String.valueOf(name)));
    }

    Map<String, IommuGroup> groups() {
        return groups;
    }

    void add(String name, IommuDevice device, IommuGroup group) {
        devices.put(name, device);
        groupOf.put(device, group);
    }

    boolean hasDevice(String name) {
        return devices.containsKey(name);
    }

    boolean hasDomain(String name) {
        return domains.containsKey(name);
    }

    void add(String name, IommuDomain domain) {
        domains.put(name, domain);
    }

    boolean isInUse(IommuDomain domain) {
        return devices.values().stream().anyMatch(device -> device.domain().equals(Optional.of(domain)));
    }

    void removeDomain(String name) {
        domains.remove(name);
    }

    /** The faults that a device's handler has been told since they were last taken. */
    List<IommuFault> faults(IommuDevice device) {
        return faults.computeIfAbsent(device, any -> new ArrayList<>());
    }

    /** The eventfd of a descriptor, which exists from when it is first named. */
    EventFd eventFd(int descriptor) {
        return eventFds.computeIfAbsent(descriptor, any -> new EventFd());
    }
}
