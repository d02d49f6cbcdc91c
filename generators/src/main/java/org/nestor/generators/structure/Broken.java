package org.nestor.generators.structure;

import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Structure;

/**
 * A structure that breaks one rule and no other.
 *
 * @param rule the rule
 * @param structure the structure
 * @param <S> its type
 */
public record Broken<S extends Structure>(RuleId rule, S structure) {}
