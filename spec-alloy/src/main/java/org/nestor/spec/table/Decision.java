package org.nestor.spec.table;

import java.util.List;

/**
 * A predicate without parameters that a table decides by.
 *
 * @param choices which choices it reads, by position
 */
public record Decision(String name, List<Integer> choices) {}
