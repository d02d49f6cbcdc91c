package org.nestor.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.nestor.memory.Bytes;
import org.nestor.protocol.json.Json;

/** Random requests: every kind about equally often, values over their whole range with a weight on its ends. */
final class RequestArbitraries {
    private static final int SHORT = 64;

    private RequestArbitraries() {}

    static Arbitrary<Long> longs() {
        return Arbitraries.longs();
    }

    static Arbitrary<Long> bits(int bits) {
        return Arbitraries.longs().between(0, (1L << bits) - 1);
    }

    static Arbitrary<Optional<Integer>> substreams() {
        return bits(Limits.SUBSTREAM_ID_BITS).map(Long::intValue).optional();
    }

    static Arbitrary<Bytes> bytes(int length) {
        return Arbitraries.bytes().array(byte[].class).ofSize(length).map(Bytes::of);
    }

    static Arbitrary<Bytes> bytes() {
        return Arbitraries.integers().between(1, SHORT).flatMap(RequestArbitraries::bytes);
    }

    static Arbitrary<Map<String, Long>> registers() {
        return Arbitraries.maps(Arbitraries.of("IDR0", "IDR1", "IDR5", "AIDR"), longs());
    }

    static Arbitrary<List<Permission>> permissions() {
        return Arbitraries.of(Permission.class).list().uniqueElements().ofMaxSize(3);
    }

    /** Trees of at most three levels, without numbers that several literals could stand for. */
    static Arbitrary<Json> trees() {
        return trees(2);
    }

    private static Arbitrary<Json> trees(int depth) {
        Arbitrary<Json> leaves = Arbitraries.oneOf(
                text().map(Json.Text::new),
                Arbitraries.of("0", "-1", "1.50", "2e7", "18446744073709551616").map(Json.Num::new),
                Arbitraries.of(true, false).map(Json.Bool::new),
                Arbitraries.create(Json.Null::new));
        if (depth == 0) {
            return leaves;
        }
        Arbitrary<Json> inner = trees(depth - 1);
        return Arbitraries.oneOf(leaves, inner.list().ofMaxSize(3).map(Json.Arr::new), objects(inner));
    }

    private static Arbitrary<Json.Obj> objects(Arbitrary<Json> values) {
        return Arbitraries.maps(text(), values).ofMaxSize(3).map(Json.Obj::new);
    }

    static Arbitrary<Json.Obj> members() {
        Arbitrary<String> names = Arbitraries.of("domain", "device", "iova", "data", "Ä\"\\\n", "");
        return Arbitraries.maps(names, trees()).map(Json.Obj::new);
    }

    /** Any text of the Basic Multilingual Plane. */
    static Arbitrary<String> text() {
        return Arbitraries.strings()
                .withCharRange('\0', (char) (Character.MIN_SURROGATE - 1))
                .withCharRange((char) (Character.MAX_SURROGATE + 1), Character.MAX_VALUE)
                .ofMaxLength(8);
    }

    static Arbitrary<RegisterRef> registerRefs() {
        Arbitrary<RegisterRef> named =
                Arbitraries.of("CR0", "EVENTQ_PROD", "x_1").map(RegisterRef.Named::new);
        Arbitrary<RegisterRef> offsets =
                Combinators.combine(longs(), Arbitraries.of(4, 8)).as(RegisterRef.Offset::new);
        return Arbitraries.oneOf(named, offsets);
    }

    static Arbitrary<Request> requests() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        new Request.Hello(),
                        new Request.Events(),
                        new Request.Step(),
                        new Request.Irqs(),
                        new Request.Bye()),
                registers().map(Request.Reset::new),
                Combinators.combine(longs(), bytes())
                        .as((addr, data) -> new Request.MemWrite(addr, data, Request.MemWrite.Form.DATA)),
                Combinators.combine(longs(), Arbitraries.of(1, 2, 4, 8).flatMap(RequestArbitraries::bytes))
                        .as((addr, data) -> new Request.MemWrite(addr, data, Request.MemWrite.Form.VALUE)),
                Combinators.combine(longs(), Arbitraries.integers().between(1, Limits.TRANSFER_BYTES))
                        .as(Request.MemRead::new),
                Combinators.combine(registerRefs(), longs()).as(RequestArbitraries::regWrite),
                registerRefs().map(Request.RegRead::new),
                dmas(),
                pages(),
                Combinators.combine(Arbitraries.of("host.device", "iommu.map", "vfio.open", "iommufd.x9"), members())
                        .as(Request.Api::new));
    }

    private static Request regWrite(RegisterRef reg, long value) {
        boolean narrow = reg instanceof RegisterRef.Offset offset && offset.size() == Integer.BYTES;
        return new Request.RegWrite(reg, narrow ? value & 0xffffffffL : value);
    }

    static Arbitrary<Request.Dma> dmas() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return Combinators.combine(
                        bits(Limits.STREAM_ID_BITS),
                        longs(),
                        Arbitraries.of(Access.class),
                        substreams(),
                        bytes().optional(),
                        flags,
                        flags,
                        Combinators.combine(
                                        Arbitraries.of(Ats.class),
                                        longs().list().ofMaxSize(3))
                                .as(Map::entry))
                .as((sid, iova, access, ssid, data, privileged, instruction, rest) -> {
                    Optional<Bytes> written = data.filter(bytes -> access == Access.WRITE);
                    int len = data.map(Bytes::length).orElse(Request.Dma.DEFAULT_LENGTH);
                    return new Request.Dma(
                            sid,
                            iova,
                            access,
                            ssid,
                            len,
                            written,
                            privileged,
                            instruction,
                            rest.getKey(),
                            rest.getValue());
                });
    }

    static Arbitrary<Request.PageRequest> pages() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        return Combinators.combine(
                        bits(Limits.STREAM_ID_BITS),
                        longs(),
                        permissions(),
                        substreams(),
                        flags,
                        bits(Limits.GROUP_INDEX_BITS).map(Long::intValue),
                        flags)
                .as(Request.PageRequest::new);
    }
}
