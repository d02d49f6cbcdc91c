package org.nestor.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nestor.protocol.json.JsonException;
import org.nestor.protocol.json.JsonReader;
import org.nestor.protocol.json.Located;

/**
 * A line, and where it and its members stand.
 *
 * @param file the file as the user named it
 * @param number 1-based line number; blank lines, comments and the header count
 * @param line what it says
 * @param columns the 1-based column of the value of each of the line's own members
 */
public record ScenarioLine(String file, int number, Line line, Map<String, Integer> columns) {
    public ScenarioLine {
        columns = Map.copyOf(columns);
    }

    /** A complaint about a member of this line, or about the line when it has no such member. */
    public ProtocolException complaint(String member, String message) {
        return new ProtocolException(file, number, columns.getOrDefault(member, 1), member + ": " + message);
    }

    static ScenarioLine parse(LineReader.Raw raw) throws ProtocolException {
        try {
            Located located = JsonReader.read(raw.text());
            Line line = LineDecoder.decode(located);
            Map<String, Integer> columns = new LinkedHashMap<>();
            located.entries().forEach((name, value) -> columns.put(name, value.column()));
            return new ScenarioLine(raw.file(), raw.number(), line, columns);
        } catch (JsonException e) {
            throw raw.complaint(e.column(), e.sentence());
        }
    }
}
