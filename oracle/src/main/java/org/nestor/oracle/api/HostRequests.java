package org.nestor.oracle.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.nestor.host.Host;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuGroup;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Result;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.iommu.smmuv3.SteImage;
import org.nestor.memory.Bytes;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.Located;
import org.nestor.protocol.json.Members;
import org.nestor.protocol.json.ObjectBuilder;
import org.nestor.quirk.Quirk;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.Granule;

/** {@code host.*}: the host itself and what can be seen of it. */
final class HostRequests {
    private static final int STREAM_BITS = 32;
    private static final Map<String, Granule> GRANULES =
            new TreeMap<>(Map.of("4k", Granule.KB4, "16k", Granule.KB16, "64k", Granule.KB64));
    private static final Map<String, Function<Parts, Parts>> PROFILES =
            new TreeMap<>(Map.of("reference", Function.identity(), "posted", any -> Quirk.posted()));
    private static final Map<String, Optional<DomainType>> DEFAULTS = new TreeMap<>(Map.of(
            "none", Optional.<DomainType>empty(),
            "dma", Optional.of(DomainType.DMA),
            "identity", Optional.of(DomainType.IDENTITY)));

    private HostRequests() {}

    static Map<String, Function<Members, ApiAction>> byName() {
        return Map.of(
                "host.start", HostRequests::start,
                "host.device", HostRequests::device,
                "host.ste", HostRequests::ste,
                "host.log", HostRequests::log,
                "host.commands", HostRequests::commands,
                "host.msi", HostRequests::msi,
                "host.eventfd", HostRequests::eventFd,
                "host.usage", HostRequests::usage);
    }

    private static ApiAction start(Members in) {
        DriverOptions options = new DriverOptions(
                Arguments.flag(in, "disableBypass", true),
                Arguments.flag(in, "e2h", false),
                in.optional("granule")
                        .map(granule -> Arguments.word(granule, GRANULES))
                        .orElse(Granule.KB4),
                Arguments.flag(in, "skipPrefetch", false));
        Function<Parts, Parts> profile = in.optional("profile")
                .map(name -> Arguments.word(name, PROFILES))
                .orElse(Function.identity());
        List<Quirk> quirks = in.optional("quirks").map(Located::list).orElse(List.of()).stream()
                .map(HostRequests::quirk)
                .toList();
        return session -> {
            if (session.isStarted()) {
                return new Reply.Failure(ErrorCode.BAD_REQUEST, "op: the host has been started already");
            }
            Parts parts = profile.apply(session.software());
            for (Quirk quirk : quirks) {
                parts = quirk.applyTo(parts);
            }
            Host host = session.start(options, parts);
            return Replies.with(
                    new ObjectBuilder().hex("tables", session.tables()).count("page", host.page()));
        };
    }

    private static Quirk quirk(Located name) {
        return Quirk.named(name.text()).orElseThrow(() -> name.refuse("the name of a quirk, such as B-55"));
    }

    private static ApiAction device(Members in) {
        String name = Arguments.name(in, "device");
        List<Integer> streams = in.has("sids")
                ? Arguments.numbers(in.required("sids"), STREAM_BITS)
                : List.of((int) in.required("sid").unsigned(STREAM_BITS));
        DeviceDescription description = new DeviceDescription(
                name,
                streams,
                in.optional("msiDoorbell").map(value -> value.unsigned(Long.SIZE)),
                Arguments.flag(in, "hwMsiRegion", false),
                Arguments.flag(in, "ats", false),
                Arguments.flag(in, "stall", false),
                Arguments.flag(in, "described", true),
                Arguments.flag(in, "sva", false));
        String group = in.optional("group").map(Located::text).orElse(name);
        Optional<DomainType> defaultDomain = in.optional("defaultDomain")
                .map(value -> Arguments.word(value, DEFAULTS))
                .orElse(Optional.empty());
        return session -> {
            if (session.hasDevice(name)) {
                return new Reply.Failure(ErrorCode.BAD_REQUEST, "device: there is a device \"" + name + "\"");
            }
            IommuGroup members = session.groups()
                    .computeIfAbsent(group, any -> session.host().group(defaultDomain));
            Result<IommuDevice> added = session.host().addDevice(description, 0, members);
            added.toOptional().ifPresent(made -> session.add(name, made, members));
            return Replies.of(added, (out, made) -> {});
        };
    }

    private static ApiAction ste(Members in) {
        int sid = (int) in.required("sid").unsigned(STREAM_BITS);
        return session -> {
            SteImage ste = session.host().instance(0).ste(sid);
            List<Json> words = List.of(
                    ObjectBuilder.hex(ste.dw0()),
                    ObjectBuilder.hex(ste.dw1()),
                    ObjectBuilder.hex(ste.dw2()),
                    ObjectBuilder.hex(ste.dw3()));
            return Replies.with(new ObjectBuilder().put("ste", new Json.Arr(words)));
        };
    }

    private static ApiAction log(Members in) {
        return session -> Replies.with(new ObjectBuilder()
                .list(
                        "events",
                        session.host().takeLog(),
                        (EventRecord event) -> ByteStrings.json(Bytes.of(event.toBytes()))));
    }

    private static ApiAction commands(Members in) {
        return session -> Replies.with(new ObjectBuilder()
                .list(
                        "commands",
                        session.host().takeCommands(),
                        (CommandRecord command) -> ByteStrings.json(Bytes.of(command.toBytes()))));
    }

    private static ApiAction msi(Members in) {
        String device = Arguments.name(in, "device");
        int vector = Arguments.number(in, "vector", Byte.SIZE, 0);
        return session -> Replies.with(
                new ObjectBuilder().flag("delivered", session.host().sendMsi(session.vfioDevice(device), vector)));
    }

    private static ApiAction eventFd(Members in) {
        int descriptor = in.required("fd").count(0, Integer.MAX_VALUE);
        return session -> Replies.with(
                new ObjectBuilder().count("signals", session.eventFd(descriptor).take()));
    }

    private static ApiAction usage(Members in) {
        return session -> Replies.with(new ObjectBuilder()
                .count("vmids", session.host().instance(0).vmids().used())
                .count("asids", session.host().instance(0).asids().used())
                .count("tableBytes", session.host().tableBytes()));
    }
}
