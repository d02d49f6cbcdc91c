package org.nestor.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.nestor.protocol.json.Json;

/**
 * What is written is read again as the same. Without edge cases: combining those of so many members takes far longer than
 * the tries do, and the values' own generators favour the ends of their ranges anyway.
 */
class RoundTripProperties {

    @Provide
    Arbitrary<Line> lines() {
        return Arbitraries.frequencyOf(Tuple.of(1, headers()), Tuple.of(19, exchanges()));
    }

    private static Arbitrary<Optional<Json>> notes() {
        Arbitrary<Json> texts = RequestArbitraries.text().map(Json.Text::new);
        return Arbitraries.oneOf(texts, RequestArbitraries.members()).optional(0.2);
    }

    private static Arbitrary<Line.Header> headers() {
        return Combinators.combine(RequestArbitraries.text().optional(), notes())
                .as(Line.Header::new);
    }

    private static Arbitrary<Line.Exchange> exchanges() {
        Arbitrary<Optional<Expectation>> expectations =
                RequestArbitraries.members().map(Expectation::new).optional(0.2);
        return RequestArbitraries.requests()
                .flatMap(request -> Combinators.combine(
                                notes(),
                                expectations,
                                ReplyArbitraries.to(request).optional())
                        .as((note, expect, reply) -> new Line.Exchange(request, note, expect, reply)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aLineThatIsWrittenIsReadAsTheSameLine(@ForAll("lines") Line line) throws Exception {
        assertEquals(line, Lines.line(LineWriter.write(line)));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aLineHasNoLineEndAndNoSpaceOutsideStrings(@ForAll("lines") Line line) {
        String text = LineWriter.write(line);
        assertTrue(text.chars().noneMatch(c -> c == '\n' || c == '\r'));
        assertFalse(text.replaceAll("\"(?:[^\"\\\\]|\\\\.)*\"", "").contains(" "));
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aReplyMeetsItsOwnWordsAsAnExpectation(@ForAll("lines") Line line) {
        if (line instanceof Line.Exchange exchange && exchange.reply().isPresent()) {
            Reply reply = exchange.reply().get();
            assertEquals(Optional.empty(), new Expectation(ReplyEncoder.encode(reply)).mismatch(reply));
        }
    }
}
