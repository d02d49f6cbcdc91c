package org.nestor.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.memory.Bytes;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.Located;
import org.nestor.protocol.json.Members;

/** Understands the members of a request. Leaves to the caller what else the line has, and unknown members. */
final class RequestDecoder {
    private static final int[] VALUE_SIZES = {1, 2, 4, 8};
    private static final int[] REGISTER_SIZES = {4, 8};

    private RequestDecoder() {}

    /** Takes a request's members; all but {@code op} must be left. */
    static Request decode(Located op, Members in) {
        String name = op.text();
        if (Op.isApi(name)) {
            return new Request.Api(name, in.rest());
        }
        return switch (op(op)) {
            case HELLO -> new Request.Hello();
            case RESET ->
                new Request.Reset(
                        in.optional("idr").map(RequestDecoder::registers).orElse(Map.of()));
            case MEM_WRITE -> memWrite(in);
            case MEM_READ -> new Request.MemRead(address(in, "addr"), length(in.required("len")));
            case REG_WRITE -> regWrite(in);
            case REG_READ -> new Request.RegRead(register(in));
            case DMA -> dma(in);
            case PRI -> page(in);
            case EVENTS -> new Request.Events();
            case STEP -> new Request.Step();
            case IRQS -> new Request.Irqs();
            case BYE -> new Request.Bye();
        };
    }

    private static Op op(Located op) {
        for (Op known : Op.values()) {
            if (known.wire().equals(op.text())) {
                return known;
            }
        }
        throw op.refuse("the name of a request");
    }

    static Map<String, Long> registers(Located map) {
        Map<String, Long> values = new LinkedHashMap<>();
        map.entries().forEach((name, value) -> values.put(name, value.unsigned(Long.SIZE)));
        return values;
    }

    static long address(Members in, String name) {
        return in.required(name).unsigned(Long.SIZE);
    }

    private static int length(Located len) {
        return len.count(1, Limits.TRANSFER_BYTES);
    }

    private static int size(Located size, int[] allowed) {
        int value = size.count(allowed[0], allowed[allowed.length - 1]);
        for (int one : allowed) {
            if (one == value) {
                return value;
            }
        }
        throw size.refuse(allowed.length == 2 ? "4 or 8" : "1, 2, 4 or 8");
    }

    private static Request memWrite(Members in) {
        long addr = address(in, "addr");
        Optional<Located> data = in.optional("data");
        if (data.isEmpty()) {
            if (!in.has("value")) {
                in.required("data");
            }
            int size = size(in.required("size"), VALUE_SIZES);
            long value = in.required("value").unsigned(size * Byte.SIZE);
            return new Request.MemWrite(addr, ByteStrings.littleEndian(value, size), Request.MemWrite.Form.VALUE);
        }
        for (String other : List.of("value", "size")) {
            if (in.has(other)) {
                throw in.complaint(other, "expected either data, or value and size");
            }
        }
        return new Request.MemWrite(addr, content(data.get()), Request.MemWrite.Form.DATA);
    }

    private static Bytes content(Located data) {
        Bytes bytes = Bytes.of(data.bytes());
        if (bytes.length() == 0) {
            throw data.refuse("at least one byte");
        }
        return bytes;
    }

    private static Request regWrite(Members in) {
        RegisterRef reg = register(in);
        boolean narrow = reg instanceof RegisterRef.Offset offset && offset.size() == Integer.BYTES;
        return new Request.RegWrite(reg, in.required("value").unsigned(narrow ? Integer.SIZE : Long.SIZE));
    }

    private static RegisterRef register(Members in) {
        Located reg = in.required("reg");
        Optional<Located> size = in.optional("size");
        if (reg.json() instanceof Json.Text text && RegisterRef.Named.isName(text.value())) {
            if (size.isPresent()) {
                throw in.complaint("size", "expected only with an offset; a named register has its own width");
            }
            return new RegisterRef.Named(text.value());
        }
        long offset = reg.unsigned(Long.SIZE);
        return new RegisterRef.Offset(offset, size(in.required("size"), REGISTER_SIZES));
    }

    private static Request dma(Members in) {
        long sid = in.required("sid").unsigned(Limits.STREAM_ID_BITS);
        long iova = address(in, "iova");
        Access access = Wire.read(in.required("access"), Access.values());
        Optional<Located> data = in.optional("data");
        Optional<Bytes> bytes = data.map(RequestDecoder::content);
        if (bytes.isPresent() && access == Access.READ) {
            throw in.complaint("data", "expected only with a write");
        }
        int implied = bytes.map(Bytes::length).orElse(Request.Dma.DEFAULT_LENGTH);
        int len = in.optional("len").map(RequestDecoder::length).orElse(implied);
        if (bytes.isPresent() && len != implied) {
            throw in.complaint("data", "expected len bytes, that is " + len + ", found " + implied);
        }
        if (implied > Limits.TRANSFER_BYTES) {
            throw in.complaint("data", "expected at most " + Limits.TRANSFER_BYTES + " bytes, found " + implied);
        }
        return new Request.Dma(
                sid,
                iova,
                access,
                substream(in),
                len,
                bytes,
                flag(in, "privileged"),
                flag(in, "instruction"),
                in.optional("ats").map(ats -> Wire.read(ats, Ats.values())).orElse(Ats.UNTRANSLATED),
                in.optional("probe").map(RequestDecoder::addresses).orElse(List.of()));
    }

    private static List<Long> addresses(Located list) {
        return list.list().stream().map(addr -> addr.unsigned(Long.SIZE)).toList();
    }

    private static Optional<Integer> substream(Members in) {
        return in.optional("ssid").map(ssid -> (int) ssid.unsigned(Limits.SUBSTREAM_ID_BITS));
    }

    private static boolean flag(Members in, String name) {
        return in.optional(name).map(Located::flag).orElse(false);
    }

    private static Request page(Members in) {
        return new Request.PageRequest(
                in.required("sid").unsigned(Limits.STREAM_ID_BITS),
                address(in, "addr"),
                permissions(in.required("access")),
                substream(in),
                flag(in, "privileged"),
                (int) in.required("prgIndex").unsigned(Limits.GROUP_INDEX_BITS),
                in.required("last").flag());
    }

    static List<Permission> permissions(Located list) {
        List<Permission> rights = list.list().stream()
                .map(right -> Wire.read(right, Permission.values()))
                .toList();
        if (rights.stream().distinct().count() != rights.size()) {
            throw list.complaint("expected each right at most once");
        }
        return rights;
    }
}
