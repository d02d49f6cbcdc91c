package org.nestor.reports.site;

import gg.jte.TemplateOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;

/**
 * Shows, as {@code \\u{...}}, what HTML may not contain or what a reader cannot see: control characters, halves of
 * surrogate pairs, noncharacters, and the controls that reorder text.
 */
final class PrintableOutput implements TemplateOutput {
    private static final int NONCHARACTER = 0xfffe;

    private final Writer out;

    PrintableOutput(Writer out) {
        this.out = out;
    }

    @Override
    public void writeContent(String value) {
        writeContent(value, 0, value.length());
    }

    @Override
    public void writeContent(String value, int begin, int end) {
        try {
            int plain = begin;
            int at = begin;
            while (at < end) {
                int c = value.codePointAt(at);
                int next = at + Character.charCount(c);
                if (!isPrintable(c)) {
                    out.write(value, plain, at - plain);
                    out.write("\\u{%x}".formatted(c));
                    plain = next;
                }
                at = next;
            }
            out.write(value, plain, end - plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.SURROGATE, Character.FORMAT -> false;
            default -> (c & NONCHARACTER) != NONCHARACTER;
        };
    }
}
