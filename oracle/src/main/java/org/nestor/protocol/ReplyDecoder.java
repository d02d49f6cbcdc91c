package org.nestor.protocol;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.nestor.memory.Bytes;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.Located;
import org.nestor.protocol.json.Members;

/** Understands a reply; which members it may have depends on the request. */
final class ReplyDecoder {
    private static final int MAX_COUNT = Integer.MAX_VALUE;

    private ReplyDecoder() {}

    static Reply decode(Request request, Located reply) {
        Members in = reply.object();
        Reply decoded;
        if (in.has("error")) {
            decoded = failure(in.required("error"));
        } else if (request instanceof Request.Architectural architectural) {
            decoded = architectural(architectural, in);
        } else {
            decoded = api(in);
        }
        in.finish();
        return decoded;
    }

    private static Reply architectural(Request.Architectural request, Members in) {
        return switch (Op.of(request)) {
            case RESET, MEM_WRITE, REG_WRITE, BYE -> new Reply.Done();
            case HELLO -> introduction(in);
            case MEM_READ -> new Reply.Data(Bytes.of(in.required("data").bytes()));
            case REG_READ -> new Reply.Value(in.required("value").unsigned(Long.SIZE));
            case DMA -> dma(in);
            case PRI -> page(in);
            case EVENTS ->
                new Reply.Events(
                        all(in.required("events"), ReplyDecoder::event),
                        in.optional("overflow").map(Located::flag).orElse(false));
            case STEP -> new Reply.Stepped(all(in.required("completed"), ReplyDecoder::completed));
            case IRQS -> new Reply.Irqs(all(in.required("irqs"), irq -> Wire.read(irq, Interrupt.values())));
        };
    }

    private static <T> List<T> all(Located list, Function<Located, T> element) {
        return list.list().stream().map(element).toList();
    }

    private static Reply introduction(Members in) {
        return new Reply.Introduction(
                in.required("name").text(),
                in.required("version").text(),
                in.required("protocol").count(1, MAX_COUNT),
                all(in.required("features"), feature -> Wire.read(feature, Feature.values())),
                all(in.required("memory"), ReplyDecoder::window),
                all(in.required("sids"), sid -> sid.unsigned(Limits.STREAM_ID_BITS)),
                RequestDecoder.registers(in.required("idr")),
                in.required("dmaMaxLength").count(1, MAX_COUNT));
    }

    private static MemoryWindow window(Located window) {
        Members in = window.object();
        long base = RequestDecoder.address(in, "base");
        long size = RequestDecoder.address(in, "size");
        boolean device = in.optional("device").map(Located::flag).orElse(false);
        in.finish();
        if (size == 0 || Long.compareUnsigned(base, base + (size - 1)) > 0) {
            throw window.complaint("expected a range of at least one byte that ends within 64 bits");
        }
        return new MemoryWindow(base, size, device);
    }

    private static Bytes event(Located event) {
        Bytes bytes = Bytes.of(event.bytes());
        if (bytes.length() != Limits.EVENT_BYTES) {
            throw event.refuse("a record of " + Limits.EVENT_BYTES + " bytes");
        }
        return bytes;
    }

    private static Reply.Dma completed(Located completed) {
        Members in = completed.object();
        in.required("stag");
        Reply.Dma dma = dma(in);
        in.finish();
        return dma;
    }

    private static Reply.Dma dma(Members in) {
        DmaResult result = Wire.read(in.required("result"), DmaResult.values());
        for (String member : List.of("pa", "attrs", "permissions", "size")) {
            if (in.has(member) && result != DmaResult.OK) {
                throw in.complaint(member, "expected only with result ok");
            }
        }
        if (result == DmaResult.STALL) {
            in.required("stag");
        }
        return new Reply.Dma(
                result,
                in.optional("pa").map(pa -> pa.unsigned(Long.SIZE)),
                in.optional("data").map(data -> Bytes.of(data.bytes())),
                in.optional("attrs").map(ReplyDecoder::attributes),
                in.optional("stag").map(stag -> (int) stag.unsigned(Limits.STALL_TAG_BITS)),
                in.optional("permissions").map(RequestDecoder::permissions),
                in.optional("size").map(size -> size.unsigned(Long.SIZE)));
    }

    private static Attributes attributes(Located attrs) {
        Members in = attrs.object();
        Attributes attributes = new Attributes(
                in.optional("type").map(type -> Wire.read(type, MemoryType.values())),
                in.optional("inner").map(inner -> Wire.read(inner, Cacheability.values())),
                in.optional("outer").map(outer -> Wire.read(outer, Cacheability.values())),
                in.optional("shareability").map(share -> Wire.read(share, Shareability.values())),
                in.optional("privileged").map(Located::flag),
                in.optional("instruction").map(Located::flag));
        in.finish();
        return attributes;
    }

    private static Reply page(Members in) {
        PageRequestResult result = Wire.read(in.required("result"), PageRequestResult.values());
        Optional<PageResponseCode> code = Optional.empty();
        if (result == PageRequestResult.RESPONSE) {
            code = Optional.of(Wire.read(in.required("code"), PageResponseCode.values()));
        } else if (in.has("code")) {
            throw in.complaint("code", "expected only with result response");
        }
        return new Reply.PageRequest(result, code);
    }

    private static Reply api(Members in) {
        Located errno = in.required("errno");
        String name = errno.json() instanceof Json.Num number ? number.literal() : errno.text();
        if (!Reply.Api.isErrno(name)) {
            throw errno.refuse("0 or the name of an error");
        }
        return new Reply.Api(name, in.rest());
    }

    private static Reply failure(Located error) {
        Members in = error.object();
        Reply failure = new Reply.Failure(
                Wire.read(in.required("code"), ErrorCode.values()),
                in.required("message").text());
        in.finish();
        return failure;
    }
}
