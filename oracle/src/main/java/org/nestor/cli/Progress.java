package org.nestor.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.nestor.campaign.CampaignRun;
import org.nestor.campaign.CampaignState;

/** A line on a terminal that says how far a campaign has come; nothing where nobody looks. */
final class Progress implements CampaignRun.Observer {
    private static final String TERMINAL = "nestor.terminal";
    private static final double INTERVAL = 0.2;

    private final PrintWriter err;
    private final boolean visible;
    private double last = Double.NEGATIVE_INFINITY;
    private int width;

    /** @param visible whether somebody looks */
    Progress(PrintWriter err, boolean visible) {
        this.err = err;
        this.visible = visible;
    }

    /** On standard error, if the launcher has found that to be a terminal. */
    static Progress on(PrintWriter err) {
        return new Progress(err, Boolean.getBoolean(TERMINAL));
    }

    @Override
    public void at(CampaignState state, double seconds) {
        if (isDue(seconds)) {
            show(
                    seconds,
                    String.format(
                            Locale.ROOT,
                            "%.0f s: %,d scenarios, %,d requests, %d rules, %d causes of divergence",
                            seconds,
                            state.scenarios(),
                            state.operations(),
                            state.hits().size(),
                            state.causes()));
        }
    }

    private boolean isDue(double seconds) {
        return visible && seconds - last >= INTERVAL;
    }

    /** Replaces the line, unless that was done a moment ago. */
    void show(double seconds, String line) {
        if (isDue(seconds)) {
            last = seconds;
            err.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            err.flush();
            width = line.length();
        }
    }

    @Override
    public void end() {
        if (visible && width > 0) {
            err.print("\r" + " ".repeat(width) + "\r");
            err.flush();
        }
    }
}
