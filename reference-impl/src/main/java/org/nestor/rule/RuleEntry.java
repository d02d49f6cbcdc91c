package org.nestor.rule;

/**
 * One rule of the catalogue.
 *
 * @param id the rule's id
 * @param section the section of IHI 0070 that states the rule or treats its area, for example {@code 5.2.2}
 * @param certainty how well the rule is founded
 * @param text the rule in one sentence
 */
public record RuleEntry(RuleId id, String section, Certainty certainty, String text) {}
