package org.nestor.campaign;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nestor.campaign.Played.Exchange;
import org.nestor.protocol.Line;
import org.nestor.protocol.LineWriter;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.json.Json;

/** Names findings, and keeps the shrunk case of each as a scenario and as a trace. */
final class FindingFiles {
    private static final int LONGEST_NAME = 60;

    private final Optional<Path> folder;
    private final Map<Cause, String> names = new HashMap<>();
    private Optional<Reply.Introduction> introduction = Optional.empty();

    /** Files in a folder, or names alone. */
    FindingFiles(Optional<Path> folder) {
        this.folder = folder;
    }

    /** What is found from now on is of the implementation that says so of itself: traces begin with it. */
    void introduced(Reply.Introduction told) {
        introduction = Optional.of(told);
    }

    /** The id of a finding: its first rule and what its title says, and a number if that is not enough. */
    String id(Finding finding) {
        return names.computeIfAbsent(finding.cause(), this::newName);
    }

    private String newName(Cause cause) {
        String rule = cause.rules().isEmpty() ? "" : cause.rules().get(0) + "-";
        String words = cause.title()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String name = (rule + words).substring(0, Math.min(LONGEST_NAME, (rule + words).length()));
        String unique = name;
        for (int number = 2; names.containsValue(unique); number++) {
            unique = name + "-" + number;
        }
        return unique;
    }

    String scenario(Finding finding) {
        return id(finding) + ".scenario.jsonl";
    }

    String trace(Finding finding) {
        return id(finding) + ".trace.jsonl";
    }

    /** Where the scenario of a finding is, as the command line names it; nowhere without a folder. */
    Optional<String> path(Finding finding) {
        return folder.map(dir -> dir.resolve(scenario(finding)).toString());
    }

    /** Writes both files; does nothing without a folder. */
    void write(Finding finding) throws IOException {
        if (folder.isPresent()) {
            Files.createDirectories(folder.get());
            write(folder.get().resolve(scenario(finding)), finding, false);
            write(folder.get().resolve(trace(finding)), finding, true);
        }
    }

    private void write(Path file, Finding finding, boolean replies) throws IOException {
        StringBuilder lines = new StringBuilder();
        Line.Header header = new Line.Header(
                Optional.of(id(finding)),
                Optional.of(new Json.Text(finding.cause().toString())));
        lines.append(LineWriter.write(header)).append('\n');
        if (replies) {
            introduction
                    .map(told -> Line.Exchange.of(new Request.Hello()).answered(told))
                    .ifPresent(hello -> lines.append(LineWriter.write(hello)).append('\n'));
        }
        for (Exchange exchange : finding.smallest().exchanges()) {
            Line.Exchange line = Line.Exchange.of(exchange.request());
            lines.append(LineWriter.write(replies ? line.answered(exchange.reply()) : line))
                    .append('\n');
        }
        Files.writeString(file, lines, StandardCharsets.UTF_8);
    }
}
