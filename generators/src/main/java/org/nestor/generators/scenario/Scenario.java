package org.nestor.generators.scenario;

import java.util.List;

/**
 * A machine and what happens to it.
 *
 * @param setup how the machine is set up; it is never left out, but can be made simpler
 * @param steps what follows; any of them can be left out
 */
public record Scenario(Setup setup, List<Step> steps) {

    public Scenario {
        steps = List.copyOf(steps);
    }

    /** The same machine with other steps. */
    public Scenario with(List<Step> others) {
        return new Scenario(setup, others);
    }

    /** The same steps on another machine. */
    public Scenario with(Setup other) {
        return new Scenario(other, steps);
    }
}
