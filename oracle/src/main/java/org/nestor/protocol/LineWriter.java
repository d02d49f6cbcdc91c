package org.nestor.protocol;

import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.JsonWriter;
import org.nestor.protocol.json.ObjectBuilder;

/** Writes lines, requests and replies as compact JSON without line end, members in the order of the protocol. */
public final class LineWriter {
    private LineWriter() {}

    /** A line of a scenario or a trace. */
    public static String write(Line line) {
        if (line instanceof Line.Header header) {
            return JsonWriter.write(new ObjectBuilder()
                    .count("nestor", Line.VERSION)
                    .optional(header.name(), (out, name) -> out.text("name", name))
                    .optional(header.note(), (out, note) -> out.put("note", note))
                    .build());
        }
        return JsonWriter.write(exchange((Line.Exchange) line));
    }

    private static Json exchange(Line.Exchange exchange) {
        return new ObjectBuilder()
                .putAll(RequestEncoder.encode(exchange.request()))
                .optional(exchange.note(), (out, note) -> out.put("note", note))
                .optional(exchange.expect(), (out, expect) -> out.put("expect", expect.json()))
                .optional(exchange.reply(), (out, reply) -> out.put("reply", ReplyEncoder.encode(reply)))
                .build();
    }

    /** A request as the tester of a session sends it. */
    public static String write(Request request) {
        return JsonWriter.write(RequestEncoder.encode(request));
    }

    /** A reply as the implementation of a session sends it. */
    public static String write(Reply reply) {
        return JsonWriter.write(ReplyEncoder.encode(reply));
    }
}
