package org.nestor.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.protocol.Line;
import org.nestor.protocol.ScenarioLine;

/**
 * Requests to execute from reset on.
 *
 * @param header the line to begin the trace with
 * @param lines the lines after the header, each a {@link Line.Exchange}
 */
record Scenario(Line.Header header, List<ScenarioLine> lines) {

    /** The scenarios of a file: one, or one for each header when traces were joined. */
    static List<Scenario> of(String file, List<ScenarioLine> lines) {
        List<Scenario> scenarios = new ArrayList<>();
        Line.Header header = new Line.Header(Optional.of(name(file)), Optional.empty());
        int from = 0;
        for (int i = 0; i <= lines.size(); i++) {
            boolean end = i == lines.size();
            if (end || lines.get(i).line() instanceof Line.Header) {
                if (i > from || end && scenarios.isEmpty()) {
                    scenarios.add(new Scenario(header, List.copyOf(lines.subList(from, i))));
                }
                from = i + 1;
                header = !end && lines.get(i).line() instanceof Line.Header next ? next : header;
            }
        }
        return List.copyOf(scenarios);
    }

    /** The file's name without its folder and its endings. */
    private static String name(String file) {
        return file.substring(file.lastIndexOf('/') + 1).replaceFirst("(\\.scenario|\\.trace)?\\.jsonl$", "");
    }
}
