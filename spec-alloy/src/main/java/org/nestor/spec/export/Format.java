package org.nestor.spec.export;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.nestor.spec.Run;

/** The forms of an exported instance. */
public enum Format {
    /** Alloy's own listing of each state. */
    TXT {
        @Override
        public String render(Run run) {
            return run.solution().toString();
        }
    },

    /** What the Alloy Analyzer opens as an instance. */
    XML {
        @Override
        public String render(Run run) {
            StringWriter text = new StringWriter();
            PrintWriter writer = new PrintWriter(text);
            run.solution().writeXML(writer, List.of(), Map.of());
            writer.flush();
            return text.toString();
        }
    },

    /** A page with a column for each state, in which what changes stands out. */
    HTML {
        @Override
        public String render(Run run) {
            return new HtmlTrace(run).render();
        }
    };

    /** The format that a file name ends in. */
    public static Optional<Format> ofFile(String name) {
        String suffix = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.name().equals(suffix))
                .findFirst();
    }

    /**
     * The instance as text.
     *
     * @param run one that has found something
     */
    public abstract String render(Run run);
}
