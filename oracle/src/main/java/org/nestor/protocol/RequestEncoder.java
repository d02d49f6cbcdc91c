package org.nestor.protocol;

import java.util.List;
import java.util.Map;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.ObjectBuilder;

/** Puts requests into words: members in the order of the protocol, defaults left out except for lengths. */
final class RequestEncoder {
    private RequestEncoder() {}

    /** The request's own members, {@code op} first. */
    static Json.Obj encode(Request request) {
        ObjectBuilder out = new ObjectBuilder().text("op", request.op());
        if (request instanceof Request.Reset reset) {
            registers(out, reset.idr());
        } else if (request instanceof Request.MemWrite write) {
            memWrite(out, write);
        } else if (request instanceof Request.MemRead read) {
            out.hex("addr", read.addr()).count("len", read.len());
        } else if (request instanceof Request.RegWrite write) {
            register(out, write.reg());
            out.hex("value", write.value());
        } else if (request instanceof Request.RegRead read) {
            register(out, read.reg());
        } else if (request instanceof Request.Dma dma) {
            dma(out, dma);
        } else if (request instanceof Request.PageRequest page) {
            page(out, page);
        } else if (request instanceof Request.Api api) {
            out.putAll(api.members());
        }
        return out.build();
    }

    private static void registers(ObjectBuilder out, Map<String, Long> idr) {
        if (!idr.isEmpty()) {
            out.put("idr", hexMap(idr));
        }
    }

    static Json hexMap(Map<String, Long> values) {
        ObjectBuilder map = new ObjectBuilder();
        values.forEach(map::hex);
        return map.build();
    }

    private static void memWrite(ObjectBuilder out, Request.MemWrite write) {
        out.hex("addr", write.addr());
        switch (write.form()) {
            case DATA -> out.put("data", ByteStrings.json(write.data()));
            case VALUE ->
                out.hex("value", ByteStrings.littleEndian(write.data()))
                        .count("size", write.data().length());
        }
    }

    private static void register(ObjectBuilder out, RegisterRef reg) {
        if (reg instanceof RegisterRef.Named named) {
            out.text("reg", named.name());
        } else if (reg instanceof RegisterRef.Offset offset) {
            out.hex("reg", offset.offset()).count("size", offset.size());
        }
    }

    private static void dma(ObjectBuilder out, Request.Dma dma) {
        out.hex("sid", dma.sid())
                .hex("iova", dma.iova())
                .put("access", dma.access().json())
                .optional(dma.ssid(), (o, ssid) -> o.hex("ssid", ssid))
                .count("len", dma.len())
                .optional(dma.data(), (o, data) -> o.put("data", ByteStrings.json(data)))
                .flagIfSet("privileged", dma.privileged())
                .flagIfSet("instruction", dma.instruction());
        if (dma.ats() != Ats.UNTRANSLATED) {
            out.put("ats", dma.ats().json());
        }
        if (!dma.probe().isEmpty()) {
            out.list("probe", dma.probe(), ObjectBuilder::hex);
        }
    }

    private static void page(ObjectBuilder out, Request.PageRequest page) {
        List<Permission> access = page.access();
        out.hex("sid", page.sid())
                .hex("addr", page.addr())
                .list("access", access, Permission::json)
                .optional(page.ssid(), (o, ssid) -> o.hex("ssid", ssid))
                .flagIfSet("privileged", page.privileged())
                .count("prgIndex", page.prgIndex())
                .flag("last", page.last());
    }
}
