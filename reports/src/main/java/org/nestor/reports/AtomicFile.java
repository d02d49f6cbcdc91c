package org.nestor.reports;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Replaces a text file as a whole: whoever reads it, and whatever happens, it is the old one or the new one. */
public final class AtomicFile {

    private AtomicFile() {}

    /** Produces the text of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes all of it. */
        void writeTo(Writer out) throws IOException;
    }

    /**
     * Writes a file in UTF-8, and the folders that lead to it.
     *
     * @throws IOException when it cannot be written; a file that was there before is as it was
     */
    public static void write(Path file, Content content) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.resolveSibling(""));
        Path draft = target.resolveSibling(target.getFileName() + ".tmp");
        try {
            // Not Files.newBufferedWriter, which refuses half of a surrogate pair; an implementation may have sent one.
            try (Writer out =
                    new BufferedWriter(new OutputStreamWriter(Files.newOutputStream(draft), StandardCharsets.UTF_8))) {
                content.writeTo(out);
            }
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }
}
