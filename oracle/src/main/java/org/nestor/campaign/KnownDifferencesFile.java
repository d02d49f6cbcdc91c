package org.nestor.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nestor.protocol.ProtocolException;
import org.nestor.protocol.json.JsonException;
import org.nestor.protocol.json.JsonReader;
import org.nestor.protocol.json.Located;
import org.nestor.protocol.json.Members;
import org.nestor.rule.RuleId;

/**
 * Reads a list of known differences: JSON Lines, one object a difference, with {@code id}, {@code rules} (may be absent),
 * {@code title}, {@code reason}, and for people {@code defect}, which entries of one defect share, {@code does}, {@code architecture}
 * and {@code scenario}. Blank lines and lines that begin with {@code #} are skipped.
 */
public final class KnownDifferencesFile {
    private static final List<String> FOR_PEOPLE = List.of("defect", "does", "architecture", "scenario");

    private KnownDifferencesFile() {}

    /**
     * Reads a file.
     *
     * @throws IOException if it cannot be read
     * @throws ProtocolException if it is not such a list, with line and column
     */
    public static KnownDifferences read(Path file) throws IOException, ProtocolException {
        List<KnownDifferences.Entry> entries = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            if (!line.isBlank() && !line.startsWith("#")) {
                try {
                    entries.add(entry(JsonReader.read(line)));
                } catch (JsonException complaint) {
                    throw new ProtocolException(
                            file.toString(), number, complaint.column(), String.valueOf(complaint.getMessage()));
                }
            }
        }
        return new KnownDifferences(entries);
    }

    private static KnownDifferences.Entry entry(Located line) {
        Members members = line.object();
        KnownDifferences.Entry entry = new KnownDifferences.Entry(
                members.required("id").text(),
                members.optional("rules").map(Located::list).orElse(List.of()).stream()
                        .map(KnownDifferencesFile::rule)
                        .toList(),
                members.required("title").text(),
                members.required("reason").text());
        FOR_PEOPLE.forEach(name -> members.optional(name).ifPresent(Located::text));
        members.finish();
        return entry;
    }

    private static RuleId rule(Located id) {
        try {
            return RuleId.of(id.text());
        } catch (IllegalArgumentException e) {
            throw id.refuse("a rule id such as A-STE-12");
        }
    }
}
