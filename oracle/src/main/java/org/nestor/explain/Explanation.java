package org.nestor.explain;

import java.util.List;
import org.nestor.rule.RuleId;

/**
 * A structure in words.
 *
 * @param title what it is, and under which ID registers it is judged
 * @param rows its fields in the order of their bits
 * @param notes remarks that belong to no single field
 * @param broken the rules that it breaks, each once
 * @param verdict what it means as a whole, in one line
 */
public record Explanation(String title, List<Row> rows, List<String> notes, List<RuleId> broken, String verdict) {}
