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
        AttributeRules attributes = attributeRules();
        Stage2Walk stage2 = stage2Walk(reader, stage2Permissions(id), id);
        NestedAccess nested = nestedAccess(stage2, attributes);
        SubstreamRules substreams = substreamRules(id);
        return new TranslationProcedure(new TranslationParts(
                id,
                reader,
                rules,
                streamTable(reader, streamDecoder(id, steLegality(id), rules), id),
                substreams,
                contextTable(reader, contextDecoder(id, cdLegality(id), rules), substreams, nested, id),
                inputRange(),
                stage1Walk(reader, stage1Permissions(), attributes, nested, id),
                stage2,
                attributes,
                attributeOverrides(id, rules),
                governance(),
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

    protected StreamTable streamTable(StructureReader reader, StreamDecoder decoder, IdRegisters id) {
        return new StreamTable(reader, decoder, id);
    }

    protected SubstreamRules substreamRules(IdRegisters id) {
        return new SubstreamRules(id);
    }

    protected ContextTable contextTable(
            StructureReader reader,
            ContextDecoder decoder,
            SubstreamRules substreams,
            NestedAccess nested,
            IdRegisters id) {
        return new ContextTable(reader, decoder, substreams, nested, id);
    }

    protected InputRange inputRange() {
        return new InputRange();
    }

    protected Stage1Permissions stage1Permissions() {
        return new Stage1Permissions();
    }

    protected Stage2Permissions stage2Permissions(IdRegisters id) {
        return new Stage2Permissions(id);
    }

    protected AttributeRules attributeRules() {
        return new AttributeRules();
    }

    protected AttributeOverrides attributeOverrides(IdRegisters id, RuleLog rules) {
        return new AttributeOverrides(id, rules);
    }

    protected Stage2Walk stage2Walk(StructureReader reader, Stage2Permissions permissions, IdRegisters id) {
        return new Stage2Walk(reader, permissions, id);
    }

    protected NestedAccess nestedAccess(Stage2Walk stage2, AttributeRules attributes) {
        return new NestedAccess(stage2, attributes);
    }

    protected Stage1Walk stage1Walk(
            StructureReader reader,
            Stage1Permissions permissions,
            AttributeRules attributes,
            NestedAccess nested,
            IdRegisters id) {
        return new Stage1Walk(reader, permissions, attributes, nested, id);
    }

    protected Governance governance() {
        return new Governance();
    }

    protected AtsProcedure atsProcedure(IdRegisters id) {
        return new AtsProcedure(id);
    }
}
