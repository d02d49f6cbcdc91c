package org.nestor.rule;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the tab-separated resources of this package: a header line, then one row a line, all of the same width. */
final class Table {

    private Table() {}

    static List<List<String>> rows(String resource) {
        try (InputStream bytes = open(resource);
                BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            int width = cells(Optional.ofNullable(lines.readLine()).orElse("")).size();
            List<List<String>> rows = new ArrayList<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                List<String> row = cells(line);
                if (row.size() != width) {
                    throw new IllegalStateException(resource + ": not " + width + " cells: " + line);
                }
                rows.add(row);
            }
            return List.copyOf(rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return List.of(line.split("\t", -1));
    }

    private static InputStream open(String resource) {
        return Optional.ofNullable(Table.class.getResourceAsStream(resource))
                .orElseThrow(() -> new IllegalStateException("no resource " + resource));
    }
}
