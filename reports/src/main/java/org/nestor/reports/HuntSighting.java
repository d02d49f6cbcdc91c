package org.nestor.reports;

import java.util.List;

/**
 * How a bug showed.
 *
 * @param title the kind of mismatch
 * @param rules what the verdict rests on
 * @param blamed whether that is where the bug is
 * @param requests how many requests beyond the set-up the shrunk case has
 * @param steps the shrunk case, a line each
 */
public record HuntSighting(String title, List<String> rules, boolean blamed, int requests, List<String> steps) {

    public HuntSighting {
        Checks.count("requests", requests);
        rules = List.copyOf(rules);
        steps = List.copyOf(steps);
    }
}
