package org.nestor.reports.site;

import java.util.List;
import java.util.stream.IntStream;
import org.nestor.reports.Actor;
import org.nestor.reports.Step;

/**
 * Where the parts of a sequence diagram stand: a lane for each actor, and a row for each step.
 *
 * @param steps the steps
 */
public record SequenceDiagram(List<Step> steps) {
    private static final List<Actor> ACTORS = List.of(Actor.values());
    private static final int MARGIN = 90;
    private static final int LANE = 200;
    private static final int HEAD = 34;
    private static final int ROW = 34;
    private static final int LETTER = 7;
    private static final int GAP = 6;
    private static final int OWN_ROOM = 22;

    public SequenceDiagram {
        steps = List.copyOf(steps);
    }

    /**
     * An actor's lane.
     *
     * @param name the actor's name
     * @param x where its line is
     */
    public record Lane(String name, int x) {}

    /**
     * A step's arrow, or its dot where it concerns the actor alone.
     *
     * @param number the step's number
     * @param x where the arrow begins
     * @param tip where it ends; {@code x} for a dot
     * @param y how high it is
     * @param label what stands above it
     * @param step the step
     */
    public record Arrow(int number, int x, int tip, int y, String label, Step step) {

        /** Whether it is a dot. */
        public boolean isDot() {
            return x == tip;
        }

        /** The arrow's head: a triangle that ends at the tip. */
        public String head() {
            int back = tip > x ? tip - GAP - 2 : tip + GAP + 2;
            return "%d,%d %d,%d %d,%d".formatted(tip, y, back, y - GAP + 2, back, y + GAP - 2);
        }

        /** Where its label is: centred above an arrow, right of a dot or, in the last lane, left of it. */
        public int labelX() {
            return isDot() ? x + (isLast() ? -2 * GAP : 2 * GAP) : (x + tip) / 2;
        }

        /** The label's baseline. */
        public int labelY() {
            return isDot() ? y + GAP - 2 : y - GAP;
        }

        /** How the label is aligned at {@link #labelX}. */
        public String anchor() {
            return isDot() ? isLast() ? "end" : "start" : "middle";
        }

        private boolean isLast() {
            return x == laneOf(Actor.DEVICE);
        }
    }

    /** The lanes from left to right. */
    public List<Lane> lanes() {
        return ACTORS.stream()
                .map(actor -> new Lane(actor.label(), laneOf(actor)))
                .toList();
    }

    /** The arrows from the first to the last. */
    public List<Arrow> arrows() {
        return IntStream.range(0, steps.size()).mapToObj(this::arrow).toList();
    }

    private Arrow arrow(int index) {
        Step step = steps.get(index);
        int from = laneOf(step.actor());
        int to = laneOf(step.to().orElse(step.actor()));
        int room = from == to ? OWN_ROOM : Math.abs(to - from) / LETTER;
        String label = Words.shorten(step.label().orElse(step.text()), room - 1);
        return new Arrow(index + 1, from, to, HEAD + ROW * (index + 1), label, step);
    }

    private static int laneOf(Actor actor) {
        return MARGIN + LANE * ACTORS.indexOf(actor);
    }

    /** The width of the drawing. */
    public int width() {
        return 2 * MARGIN + LANE * (ACTORS.size() - 1);
    }

    /** The height of the drawing. */
    public int height() {
        return HEAD + ROW * steps.size() + ROW / 2;
    }
}
