package org.nestor.protocol;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reading from literals. */
final class Lines {
    static final String FILE = "x.scenario.jsonl";

    private Lines() {}

    static ScenarioReader reader(byte... content) {
        return new ScenarioReader(FILE, new ByteArrayInputStream(content));
    }

    static List<ScenarioLine> all(String content) throws IOException, ProtocolException {
        return reader(content.getBytes(StandardCharsets.UTF_8)).all();
    }

    static Line line(String text) throws IOException, ProtocolException {
        return all(text).get(0).line();
    }

    static Request request(String text) throws IOException, ProtocolException {
        return ((Line.Exchange) line(text)).request();
    }

    static Reply reply(String request, String reply) throws IOException, ProtocolException {
        String text = request.substring(0, request.length() - 1) + ",\"reply\":" + reply + "}";
        return ((Line.Exchange) line(text)).reply().orElseThrow();
    }

    static String complaint(byte... content) {
        return String.valueOf(
                assertThrows(ProtocolException.class, () -> reader(content).all())
                        .getMessage());
    }

    static String complaint(String content) {
        return complaint(content.getBytes(StandardCharsets.UTF_8));
    }
}
