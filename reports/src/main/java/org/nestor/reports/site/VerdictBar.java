package org.nestor.reports.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nestor.reports.Verdicts;

/**
 * The share of each verdict. A verdict that occurred is never too thin to be seen.
 *
 * @param verdicts how many there are of each
 */
public record VerdictBar(Verdicts verdicts) {
    /** The length of the whole bar. */
    public static final int WIDTH = 1000;

    private static final int THINNEST = 8;
    private static final double PERCENT = 100;
    private static final double SMALLEST_SHOWN = 0.01;

    /**
     * The part of one verdict.
     *
     * @param name the verdict
     * @param style its style class
     * @param count how many
     * @param share its share, in words
     * @param x where its part begins
     * @param width how long that is, 0 for none
     */
    public record Part(String name, String style, long count, String share, int x, int width) {}

    /** The parts from left to right, those without a reply too. */
    public List<Part> parts() {
        long[] counts = {verdicts.conforms(), verdicts.indeterminate(), verdicts.diverges(), verdicts.died()};
        String[] names = {"conforms", "indeterminate", "diverges", "died or hung"};
        String[] styles = {"ok", "unsure", "bad", "dead"};
        int[] widths = widths(counts);
        List<Part> parts = new ArrayList<>();
        int x = 0;
        for (int i = 0; i < counts.length; i++) {
            parts.add(new Part(names[i], styles[i], counts[i], share(counts[i]), x, widths[i]));
            x += widths[i];
        }
        return List.copyOf(parts);
    }

    /** In proportion, but for the thin ones; the longest gives what those need. */
    private int[] widths(long[] counts) {
        int[] widths = new int[counts.length];
        int longest = 0;
        int rest = WIDTH;
        for (int i = 0; i < counts.length; i++) {
            double exact = counts[i] == 0 ? 0 : WIDTH * ((double) counts[i] / verdicts.total());
            widths[i] = counts[i] == 0 ? 0 : Math.max(THINNEST, (int) exact);
            longest = counts[i] > counts[longest] ? i : longest;
            rest -= widths[i];
        }
        widths[longest] += verdicts.total() == 0 ? 0 : rest;
        return widths;
    }

    private String share(long count) {
        if (count == 0) {
            return "0 %";
        }
        double percent = PERCENT * count / verdicts.total();
        if (percent < SMALLEST_SHOWN) {
            return "under 0.01 %";
        } else if (count < verdicts.total() && percent > PERCENT - SMALLEST_SHOWN) {
            return "over 99.99 %";
        }
        return String.format(Locale.ROOT, count == verdicts.total() ? "%.0f %%" : "%.2f %%", percent);
    }
}
