package org.nestor.smmu.walk;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.AttributeOverrides;

/** The parts of a translation procedure, put together by {@link TranslationFactory}. */
public record TranslationParts(
        IdRegisters id,
        StructureReader reader,
        RuleLog rules,
        StreamTable streams,
        SubstreamRules substreams,
        ContextTable contexts,
        InputRange range,
        Stage1Walk stage1,
        Stage2Walk stage2,
        AttributeRules attributes,
        AttributeOverrides overrides,
        Governance governance,
        AtsProcedure ats) {}
