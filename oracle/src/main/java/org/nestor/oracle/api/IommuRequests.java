package org.nestor.oracle.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.Done;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.PageResponse;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Prot;
import org.nestor.iommu.Result;
import org.nestor.iommu.UserBuffer;
import org.nestor.memory.Bytes;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.Located;
import org.nestor.protocol.json.Members;
import org.nestor.protocol.json.ObjectBuilder;

/** {@code iommu.*}: the IOMMU core as a kernel user of it calls it. */
final class IommuRequests {
    private static final Map<String, DomainType> TYPES = new TreeMap<>(
            Map.of("unmanaged", DomainType.UNMANAGED, "dma", DomainType.DMA, "identity", DomainType.IDENTITY));
    private static final Map<String, Integer> PROT =
            new TreeMap<>(Map.of("read", 1, "write", 2, "noexec", 4, "mmio", 8, "priv", 16));
    private static final Map<String, Integer> CONFIGS = new TreeMap<>(Map.of(
            "translate", PasidTableConfig.TRANSLATE,
            "bypass", PasidTableConfig.BYPASS,
            "abort", PasidTableConfig.ABORT));
    private static final Map<String, Integer> CACHES = new TreeMap<>(Map.of(
            "iotlb", CacheInvalidateInfo.IOTLB,
            "devIotlb", CacheInvalidateInfo.DEV_IOTLB,
            "pasid", CacheInvalidateInfo.PASID_CACHE));
    private static final Map<String, Integer> GRANULARITIES = new TreeMap<>(Map.of(
            "domain", CacheInvalidateInfo.DOMAIN,
            "pasid", CacheInvalidateInfo.PASID,
            "addr", CacheInvalidateInfo.ADDR));
    private static final Map<String, Integer> FLAGS = new TreeMap<>(Map.of(
            "pasid", CacheInvalidateInfo.FLAG_PASID,
            "archid", CacheInvalidateInfo.FLAG_ARCHID,
            "leaf", CacheInvalidateInfo.FLAG_LEAF));
    private static final Map<String, Integer> CODES = new TreeMap<>(
            Map.of("success", PageResponse.SUCCESS, "invalid", PageResponse.INVALID, "failure", PageResponse.FAILURE));

    private IommuRequests() {}

    static Map<String, Function<Members, ApiAction>> byName() {
        Map<String, Function<Members, ApiAction>> map = new HashMap<>();
        map.put("iommu.domainAlloc", IommuRequests::domainAlloc);
        map.put("iommu.domainFree", IommuRequests::domainFree);
        map.put("iommu.setNesting", in -> {
            boolean nesting = in.required("nesting").flag();
            return onDomain(in, (session, domain) -> Replies.of(domain.setNesting(nesting)));
        });
        map.put(
                "iommu.getNesting",
                in -> onDomain(
                        in,
                        (session, domain) ->
                                Replies.of(domain.nesting(), (out, value) -> out.flag("nesting", value == 1))));
        map.put("iommu.attach", in -> onBoth(in, (domain, device) -> domain.attach(device)));
        map.put(
                "iommu.detach",
                in -> onBoth(in, (domain, device) -> {
                    domain.detach(device);
                    return Done.OK;
                }));
        map.put("iommu.map", IommuRequests::map);
        map.put("iommu.unmap", IommuRequests::unmap);
        map.put("iommu.iovaToPhys", IommuRequests::iovaToPhys);
        map.put(
                "iommu.flushAll",
                in -> onDomain(in, (session, domain) -> {
                    domain.flushAll();
                    return Replies.of(Done.OK);
                }));
        map.put("iommu.attachPasidTable", IommuRequests::attachPasidTable);
        map.put(
                "iommu.detachPasidTable",
                in -> onDomain(in, (session, domain) -> {
                    session.host().core().detachPasidTable(domain);
                    return Replies.of(Done.OK);
                }));
        map.put("iommu.cacheInvalidate", IommuRequests::cacheInvalidate);
        map.put("iommu.msiCookie", in -> {
            long base = Arguments.number(in, "base", 0L);
            return onDomain(
                    in, (session, domain) -> Replies.of(session.host().msi().getCookie(domain, base)));
        });
        map.put("iommu.bindGuestMsi", IommuRequests::bindGuestMsi);
        map.put("iommu.unbindGuestMsi", in -> {
            long giova = Arguments.quantity(in, "giova");
            return onDomain(in, (session, domain) -> {
                session.host().core().unbindGuestMsi(domain, giova);
                return Replies.of(Done.OK);
            });
        });
        map.put("iommu.msiMap", in -> {
            long doorbell = Arguments.quantity(in, "doorbell");
            return onDevice(
                    in,
                    (session, device) -> Replies.of(
                            session.host().msi().prepare(device, doorbell),
                            (out, msi) -> out.hex("iova", msi.address())));
        });
        map.put(
                "iommu.registerFaultHandler",
                in -> onDevice(in, (session, device) -> {
                    List<IommuFault> faults = session.faults(device);
                    return Replies.of(device.faults().register(fault -> {
                        faults.add(fault);
                        return Done.OK;
                    }));
                }));
        map.put(
                "iommu.unregisterFaultHandler",
                in -> onDevice(
                        in, (session, device) -> Replies.of(device.faults().unregister())));
        map.put("iommu.faults", IommuRequests::faults);
        map.put("iommu.pageResponse", IommuRequests::pageResponse);
        return map;
    }

    private static ApiAction onDomain(Members in, BiFunction<ApiSession, IommuDomain, Reply> action) {
        String name = Arguments.name(in, "domain");
        return session -> action.apply(session, session.domain(name));
    }

    private static ApiAction onDevice(Members in, BiFunction<ApiSession, IommuDevice, Reply> action) {
        String name = Arguments.name(in, "device");
        return session -> action.apply(session, session.device(name));
    }

    private static ApiAction onBoth(Members in, BiFunction<IommuDomain, IommuDevice, Result<Done>> action) {
        String device = Arguments.name(in, "device");
        return onDomain(in, (session, domain) -> Replies.of(action.apply(domain, session.device(device))));
    }

    private static ApiAction domainAlloc(Members in) {
        String name = Arguments.name(in, "domain");
        DomainType type = Arguments.word(in.required("type"), TYPES);
        boolean nesting = Arguments.flag(in, "nesting", false);
        return session -> {
            if (session.hasDomain(name)) {
                return new Reply.Failure(ErrorCode.BAD_REQUEST, "domain: there is a domain \"" + name + "\"");
            }
            IommuDomain domain = session.host().allocateDomain(type);
            session.add(name, domain);
            return Replies.of(nesting ? domain.setNesting(true) : Done.OK);
        };
    }

    private static ApiAction domainFree(Members in) {
        String name = Arguments.name(in, "domain");
        return session -> {
            IommuDomain domain = session.domain(name);
            if (session.isInUse(domain)) {
                return new Reply.Failure(ErrorCode.BAD_REQUEST, "domain: devices are attached to \"" + name + "\"");
            }
            domain.free();
            session.removeDomain(name);
            return Replies.of(Done.OK);
        };
    }

    private static ApiAction map(Members in) {
        long iova = Arguments.quantity(in, "iova");
        long pa = Arguments.quantity(in, "pa");
        long size = Arguments.quantity(in, "size");
        int bits = Arguments.bits(in, "prot", PROT);
        Prot prot = new Prot((bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0, (bits & 8) != 0, (bits & 16) != 0);
        return onDomain(in, (session, domain) -> Replies.of(domain.map(iova, pa, size, prot)));
    }

    private static ApiAction unmap(Members in) {
        long iova = Arguments.quantity(in, "iova");
        long size = Arguments.quantity(in, "size");
        return onDomain(
                in, (session, domain) -> Replies.with(new ObjectBuilder().hex("unmapped", domain.unmap(iova, size))));
    }

    private static ApiAction iovaToPhys(Members in) {
        long iova = Arguments.quantity(in, "iova");
        return onDomain(
                in,
                (session, domain) -> Replies.with(
                        new ObjectBuilder().hex("pa", domain.iovaToPhys(iova).orElse(0))));
    }

    private static ApiAction attachPasidTable(Members in) {
        Members config = in.required("config").object();
        Members smmu = config.required("smmuv3").object();
        Located kind = config.required("config");
        PasidTableConfig decoded = new PasidTableConfig(
                Arguments.number(config, "version", Integer.SIZE, PasidTableConfig.VERSION_1),
                Arguments.number(config, "basePtr", 0L),
                Arguments.number(config, "format", Integer.SIZE, PasidTableConfig.FORMAT_SMMUV3),
                Arguments.number(config, "pasidBits", Byte.SIZE, 0),
                kind.json() instanceof Json.Text ? Arguments.word(kind, CONFIGS) : kind.count(0, 255),
                Arguments.number(smmu, "version", Integer.SIZE, PasidTableConfig.VERSION_1),
                Arguments.number(smmu, "s1fmt", Byte.SIZE, 0),
                Arguments.number(smmu, "s1dss", Byte.SIZE, 0));
        smmu.finish();
        config.finish();
        return onDomain(
                in,
                (session, domain) ->
                        Replies.of(session.host().core().attachPasidTable(domain, UserBuffer.of(decoded.toBytes()))));
    }

    private static ApiAction cacheInvalidate(Members in) {
        Members info = in.required("info").object();
        CacheInvalidateInfo decoded = new CacheInvalidateInfo(
                Arguments.number(info, "version", Integer.SIZE, CacheInvalidateInfo.VERSION_1),
                Arguments.bits(info, "cache", CACHES),
                Arguments.word(info.required("granularity"), GRANULARITIES),
                Arguments.bits(info, "flags", FLAGS),
                Arguments.number(info, "archid", 0L),
                Arguments.number(info, "pasid", 0L),
                Arguments.number(info, "addr", 0L),
                Arguments.number(info, "granuleSize", 0L),
                Arguments.number(info, "nbGranules", 0L));
        info.finish();
        String device = Arguments.name(in, "device");
        return onDomain(
                in,
                (session, domain) -> Replies.of(session.host()
                        .core()
                        .cacheInvalidate(domain, session.device(device), UserBuffer.of(decoded.toBytes()))));
    }

    private static ApiAction bindGuestMsi(Members in) {
        long giova = Arguments.quantity(in, "giova");
        long gpa = Arguments.quantity(in, "gpa");
        long size = Arguments.quantity(in, "size");
        return onDomain(
                in, (session, domain) -> Replies.of(session.host().core().bindGuestMsi(domain, giova, gpa, size)));
    }

    private static ApiAction faults(Members in) {
        return onDevice(in, (session, device) -> {
            List<IommuFault> taken = new ArrayList<>(session.faults(device));
            session.faults(device).clear();
            return Replies.with(
                    new ObjectBuilder().list("faults", taken, fault -> ByteStrings.json(Bytes.of(fault.toBytes()))));
        });
    }

    private static ApiAction pageResponse(Members in) {
        Members response = in.required("response").object();
        Located code = response.required("code");
        PageResponse decoded = new PageResponse(
                Arguments.number(response, "version", Integer.SIZE, PageResponse.VERSION_1),
                Arguments.number(response, "flags", Integer.SIZE, 0),
                Arguments.number(response, "pasid", Integer.SIZE, 0),
                response.required("grpid").unsigned(Integer.SIZE),
                code.json() instanceof Json.Text text && !text.value().startsWith("0x")
                        ? Arguments.word(code, CODES)
                        : code.unsigned(Integer.SIZE));
        response.finish();
        return onDevice(
                in, (session, device) -> Replies.of(session.host().core().pageResponse(device, decoded)));
    }
}
