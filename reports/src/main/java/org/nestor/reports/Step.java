package org.nestor.reports;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * One step of a shrunk scenario.
 *
 * @param actor who acts
 * @param to who is acted upon; absent when it concerns the actor alone
 * @param label the step in two or three words, for the diagram; absent when {@code text} is short enough
 * @param text the step in a sentence
 * @param line its line in the scenario file, 1-based, the header included
 * @param fails whether it is the step whose reply diverges
 */
public record Step(
        Actor actor, Optional<Actor> to, Optional<String> label, String text, OptionalInt line, boolean fails) {

    /** A step that is as expected, and whose text is its label. */
    public static Step of(Actor actor, Actor to, String text) {
        return new Step(actor, Optional.of(to), Optional.empty(), text, OptionalInt.empty(), false);
    }
}
