package org.nestor.smmu.walk;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.CdLegality;
import org.nestor.smmu.config.ContextDecoder;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.transaction.AttributeOverrides;

/**
 * Assembles the translation procedure. Each method makes one part, and each part holds a few decisions: whoever wants one of them
 * decided differently overrides the method here and the decision there.
 */
public class TranslationFactory {

    /** The procedure over a reader, for an SMMU with these ID registers. */
    public TranslationProcedure assemble(IdRegisters id, StructureReader reader, RuleLog rules) {
        AttributeRules attributes = attributeRules(rules);
        Stage2Walk stage2 = stage2Walk(reader, stage2Permissions(id, rules), id, rules);
        NestedAccess nested = nestedAccess(stage2, attributes, rules);
        SubstreamRules substreams = substreamRules(id, rules);
        return new TranslationProcedure(new TranslationParts(
                id,
                reader,
                rules,
                streamTable(reader, streamDecoder(id, steLegality(id), rules), id, rules),
                substreams,
                contextTable(reader, contextDecoder(id, cdLegality(id), rules), substreams, nested, id, rules),
                inputRange(),
                stage1Walk(reader, stage1Permissions(rules), attributes, nested, id, rules),
                stage2,
                attributes,
                attributeOverrides(id, rules),
                governance(rules),
                atsProcedure(id)));
    }

    protected SteLegality steLegality(IdRegisters id) {
        return new SteLegality(id);
    }

    protected CdLegality cdLegality(IdRegisters id) {
        return new CdLegality(id);
    }

    protected StreamDecoder streamDecoder(IdRegisters id, SteLegality legality, RuleLog rules) {
        return new StreamDecoder(id, legality, rules);
    }

    protected ContextDecoder contextDecoder(IdRegisters id, CdLegality legality, RuleLog rules) {
        return new ContextDecoder(id, legality, rules);
    }

    protected StreamTable streamTable(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
        return new StreamTable(reader, decoder, id, rules);
    }

    protected SubstreamRules substreamRules(IdRegisters id, RuleLog rules) {
        return new SubstreamRules(id, rules);
    }

    protected ContextTable contextTable(
            StructureReader reader,
            ContextDecoder decoder,
            SubstreamRules substreams,
            NestedAccess nested,
            IdRegisters id,
            RuleLog rules) {
        return new ContextTable(reader, decoder, substreams, nested, id, rules);
    }

    protected InputRange inputRange() {
        return new InputRange();
    }

    protected Stage1Permissions stage1Permissions(RuleLog rules) {
        return new Stage1Permissions(rules);
    }

    protected Stage2Permissions stage2Permissions(IdRegisters id, RuleLog rules) {
        return new Stage2Permissions(id, rules);
    }

    protected AttributeRules attributeRules(RuleLog rules) {
        return new AttributeRules(rules);
    }

    protected AttributeOverrides attributeOverrides(IdRegisters id, RuleLog rules) {
        return new AttributeOverrides(id, rules);
    }

    protected Stage2Walk stage2Walk(
            StructureReader reader, Stage2Permissions permissions, IdRegisters id, RuleLog rules) {
        return new Stage2Walk(reader, permissions, id, rules);
    }

    protected NestedAccess nestedAccess(Stage2Walk stage2, AttributeRules attributes, RuleLog rules) {
        return new NestedAccess(stage2, attributes, rules);
    }

    protected Stage1Walk stage1Walk(
            StructureReader reader,
            Stage1Permissions permissions,
            AttributeRules attributes,
            NestedAccess nested,
            IdRegisters id,
            RuleLog rules) {
        return new Stage1Walk(reader, permissions, attributes, nested, id, rules);
    }

    protected Governance governance(RuleLog rules) {
        return new Governance(rules);
    }

    protected AtsProcedure atsProcedure(IdRegisters id) {
        return new AtsProcedure(id);
    }
}
