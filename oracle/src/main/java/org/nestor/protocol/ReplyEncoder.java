package org.nestor.protocol;

import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.ObjectBuilder;

/** Puts replies into words: members in the order of the protocol, what is unknown left out. */
final class ReplyEncoder {
    private ReplyEncoder() {}

    static Json.Obj encode(Reply reply) {
        ObjectBuilder out = new ObjectBuilder();
        if (reply instanceof Reply.Introduction hello) {
            introduction(out, hello);
        } else if (reply instanceof Reply.Data data) {
            out.put("data", ByteStrings.json(data.data()));
        } else if (reply instanceof Reply.Value value) {
            out.hex("value", value.value());
        } else if (reply instanceof Reply.Dma dma) {
            dma(out, dma);
        } else if (reply instanceof Reply.PageRequest page) {
            out.put("result", page.result().json()).optional(page.code(), (o, code) -> o.put("code", code.json()));
        } else if (reply instanceof Reply.Events events) {
            out.list("events", events.events(), ByteStrings::json).flag("overflow", events.overflow());
        } else if (reply instanceof Reply.Stepped step) {
            out.list("completed", step.completed(), ReplyEncoder::encode);
        } else if (reply instanceof Reply.Irqs irqs) {
            out.list("irqs", irqs.irqs(), Interrupt::json);
        } else if (reply instanceof Reply.Api api) {
            out.put("errno", api.errno().equals("0") ? Json.Num.of(0) : new Json.Text(api.errno()))
                    .putAll(api.members());
        } else if (reply instanceof Reply.Failure failure) {
            out.put("error", failure(failure));
        }
        return out.build();
    }

    private static void introduction(ObjectBuilder out, Reply.Introduction hello) {
        out.text("name", hello.name())
                .text("version", hello.version())
                .count("protocol", hello.protocol())
                .list("features", hello.features(), Feature::json)
                .list("memory", hello.memory(), ReplyEncoder::window)
                .list("sids", hello.sids(), ObjectBuilder::hex)
                .put("idr", RequestEncoder.hexMap(hello.idr()))
                .count("dmaMaxLength", hello.dmaMaxLength());
    }

    private static Json window(MemoryWindow window) {
        return new ObjectBuilder()
                .hex("base", window.base())
                .hex("size", window.size())
                .flagIfSet("device", window.device())
                .build();
    }

    private static void dma(ObjectBuilder out, Reply.Dma dma) {
        out.put("result", dma.result().json())
                .optional(dma.pa(), (o, pa) -> o.hex("pa", pa))
                .optional(dma.data(), (o, data) -> o.put("data", ByteStrings.json(data)))
                .optional(dma.attrs(), (o, attrs) -> o.put("attrs", attributes(attrs)))
                .optional(dma.stag(), (o, stag) -> o.hex("stag", stag))
                .optional(dma.permissions(), (o, granted) -> o.list("permissions", granted, Permission::json))
                .optional(dma.size(), (o, size) -> o.hex("size", size));
    }

    private static Json attributes(Attributes attrs) {
        return new ObjectBuilder()
                .optional(attrs.type(), (o, type) -> o.put("type", type.json()))
                .optional(attrs.inner(), (o, inner) -> o.put("inner", inner.json()))
                .optional(attrs.outer(), (o, outer) -> o.put("outer", outer.json()))
                .optional(attrs.shareability(), (o, share) -> o.put("shareability", share.json()))
                .optional(attrs.privileged(), (o, privileged) -> o.flag("privileged", privileged))
                .optional(attrs.instruction(), (o, instruction) -> o.flag("instruction", instruction))
                .build();
    }

    private static Json failure(Reply.Failure failure) {
        return new ObjectBuilder()
                .put("code", failure.code().json())
                .text("message", failure.message())
                .build();
    }
}
