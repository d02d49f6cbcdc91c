package org.nestor.protocol;

import java.util.Optional;
import java.util.Set;
import org.nestor.protocol.json.Json;

/** One line of a scenario or a trace. */
public sealed interface Line {
    /** The protocol's version. */
    int VERSION = 1;

    /** The members that every request may have besides its own. */
    Set<String> RESERVED = Set.of("op", "note", "expect", "reply");

    /** Free text or any object; neither read nor changed. */
    Optional<Json> note();

    /**
     * The line that begins a file.
     *
     * @param name the scenario's name
     * @param note a remark
     */
    record Header(Optional<String> name, Optional<Json> note) implements Line {
        public Header {
            note.ifPresent(Line::requireNote);
        }
    }

    /**
     * A request, and what is expected of or known about its reply.
     *
     * @param request the request
     * @param note a remark
     * @param expect what the reply should be
     * @param reply the reply that was given
     */
    record Exchange(Request request, Optional<Json> note, Optional<Expectation> expect, Optional<Reply> reply)
            implements Line {
        public Exchange {
            note.ifPresent(Line::requireNote);
        }

        /** Just a request. */
        public static Exchange of(Request request) {
            return new Exchange(request, Optional.empty(), Optional.empty(), Optional.empty());
        }

        /** The same line with the reply that was given. */
        public Exchange answered(Reply answer) {
            return new Exchange(request, note, expect, Optional.of(answer));
        }
    }

    private static void requireNote(Json note) {
        Limits.require(note instanceof Json.Text || note instanceof Json.Obj, "a note is a string or an object");
    }
}
