package org.nestor.properties.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Markdown document at the root of the repository.
 *
 * @param root the root
 * @param name file name
 */
record Document(Path root, String name) {

    /**
     * A fenced block.
     *
     * @param language what follows the opening fence
     * @param lines what the block holds
     */
    record Block(String language, List<String> lines) {}

    /** The document at that path from the root. */
    static Document named(String name) {
        Path folder = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        while (!Files.exists(folder.resolve("nestor")) || !Files.isDirectory(folder.resolve("reference-impl"))) {
            folder = folder.getParent();
        }
        return new Document(folder, name);
    }

    Path path() {
        return root.resolve(name);
    }

    String text() {
        try {
            return Files.readString(path());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The fenced blocks of a language, in their order. */
    List<Block> blocks(String language) {
        List<Block> blocks = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        String open = "";
        for (String line : text().lines().toList()) {
            if (open.isEmpty() && line.startsWith("```")) {
                open = line;
                lines = new ArrayList<>();
            } else if (!open.isEmpty() && line.equals("```")) {
                blocks.add(new Block(open.substring(3), List.copyOf(lines)));
                open = "";
            } else {
                lines.add(line);
            }
        }
        return blocks.stream()
                .filter(block -> block.language().equals(language))
                .toList();
    }
}
