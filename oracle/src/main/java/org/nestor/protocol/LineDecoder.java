package org.nestor.protocol;

import java.util.List;
import java.util.Optional;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.Located;
import org.nestor.protocol.json.Members;

/** Understands a whole line. */
final class LineDecoder {
    private LineDecoder() {}

    static Line decode(Located line) {
        Members in = line.object();
        if (in.has("nestor")) {
            return header(in);
        }
        Located op = in.required("op");
        Optional<Json> note = note(in);
        Optional<Expectation> expect = in.optional("expect").map(LineDecoder::expectation);
        Optional<Located> reply = in.optional("reply");
        Request request = RequestDecoder.decode(op, in);
        in.finish();
        return new Line.Exchange(request, note, expect, reply.map(value -> ReplyDecoder.decode(request, value)));
    }

    private static Line header(Members in) {
        Located version = in.required("nestor");
        if (version.unsigned(Long.SIZE) != Line.VERSION) {
            throw version.refuse("protocol version " + Line.VERSION);
        }
        Line.Header header = new Line.Header(in.optional("name").map(Located::text), note(in));
        in.finish();
        return header;
    }

    private static Optional<Json> note(Members in) {
        Optional<Located> note = in.optional("note");
        note.filter(value -> !(value.json() instanceof Json.Text || value.json() instanceof Json.Obj))
                .ifPresent(value -> {
                    throw value.refuse("a string or an object");
                });
        return note.map(Located::json);
    }

    private static Expectation expectation(Located expect) {
        Members in = expect.object();
        in.optional(Expectation.ANY_OF).ifPresent(LineDecoder::alternatives);
        return new Expectation((Json.Obj) expect.json());
    }

    private static void alternatives(Located anyOf) {
        List<Located> alternatives = anyOf.list();
        if (alternatives.isEmpty()) {
            throw anyOf.complaint("expected at least one alternative");
        }
        alternatives.forEach(Located::object);
    }
}
