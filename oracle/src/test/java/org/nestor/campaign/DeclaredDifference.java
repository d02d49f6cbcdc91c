package org.nestor.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nestor.protocol.Line;
import org.nestor.protocol.ProtocolException;
import org.nestor.protocol.Request;
import org.nestor.protocol.ScenarioLine;
import org.nestor.protocol.ScenarioReader;
import org.nestor.protocol.json.JsonReader;
import org.nestor.protocol.json.Members;

/** One line of the list of what QEMU 10.0.2 does differently, with the files that show it. */
record DeclaredDifference(
        KnownDifferences.Entry entry, String defect, String does, String architecture, Path scenario, Path trace) {
    static final Path FOLDER = Path.of("..", "examples", "qemu-10.0.2");
    static final Path LIST = FOLDER.resolve("known-differences.jsonl");
    static final Path FILES = FOLDER.resolve("known");

    private static final String SCENARIO = ".scenario.jsonl";
    private static final String TRACE = ".trace.jsonl";

    static List<DeclaredDifference> all() throws IOException, ProtocolException {
        List<KnownDifferences.Entry> entries = KnownDifferencesFile.read(LIST).entries();
        List<String> lines = Files.readAllLines(LIST);
        List<DeclaredDifference> all = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Members members = JsonReader.read(lines.get(i)).object();
            String scenario = members.required("scenario").text();
            all.add(new DeclaredDifference(
                    entries.get(i),
                    members.required("defect").text(),
                    members.required("does").text(),
                    members.required("architecture").text(),
                    FILES.resolve(scenario),
                    FILES.resolve(scenario.replace(SCENARIO, TRACE))));
        }
        return all;
    }

    static List<Line.Exchange> exchanges(Path file) throws IOException, ProtocolException {
        List<Line.Exchange> exchanges = new ArrayList<>();
        try (ScenarioReader reader = ScenarioReader.open(file)) {
            for (ScenarioLine line : reader.all()) {
                if (line.line() instanceof Line.Exchange exchange) {
                    exchanges.add(exchange);
                }
            }
        }
        return exchanges;
    }

    /** What is asked, {@code hello} apart. */
    List<Request.Architectural> requests() throws IOException, ProtocolException {
        List<Request.Architectural> requests = new ArrayList<>();
        for (Line.Exchange exchange : exchanges(scenario)) {
            if (exchange.request() instanceof Request.Architectural request && !(request instanceof Request.Hello)) {
                requests.add(request);
            }
        }
        return requests;
    }

    @Override
    public String toString() {
        return entry.id();
    }
}
