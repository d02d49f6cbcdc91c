package org.nestor.bugs;

import java.util.function.Function;
import java.util.function.Supplier;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.config.ContextDecoder;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.walk.AttributeRules;
import org.nestor.smmu.walk.ContextTable;
import org.nestor.smmu.walk.InputRange;
import org.nestor.smmu.walk.NestedAccess;
import org.nestor.smmu.walk.Stage1Permissions;
import org.nestor.smmu.walk.Stage1Walk;
import org.nestor.smmu.walk.Stage2Permissions;
import org.nestor.smmu.walk.Stage2Walk;
import org.nestor.smmu.walk.StreamTable;
import org.nestor.smmu.walk.StructureReader;
import org.nestor.smmu.walk.SubstreamRules;
import org.nestor.smmu.walk.TranslationFactory;

/** Assemblies in which one part of the translation procedure is replaced, by what makes the part. */
final class ReplacedTranslation {

    private ReplacedTranslation() {}

    interface StreamDecoderMaker {
        StreamDecoder make(IdRegisters id, SteLegality legality, RuleLog rules);
    }

    interface StreamTableMaker {
        StreamTable make(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules);
    }

    interface ContextTableMaker {
        ContextTable make(
                StructureReader reader,
                ContextDecoder decoder,
                SubstreamRules substreams,
                NestedAccess nested,
                IdRegisters id,
                RuleLog rules);
    }

    interface Stage1WalkMaker {
        Stage1Walk make(
                StructureReader reader,
                Stage1Permissions permissions,
                AttributeRules attributes,
                NestedAccess nested,
                IdRegisters id,
                RuleLog rules);
    }

    interface Stage2WalkMaker {
        Stage2Walk make(StructureReader reader, Stage2Permissions permissions, IdRegisters id, RuleLog rules);
    }

    interface NestedAccessMaker {
        NestedAccess make(Stage2Walk stage2, AttributeRules attributes, RuleLog rules);
    }

    private static SeededBug.Assembly of(TranslationFactory factory) {
        return policies -> new SmmuParts(new CachedTranslation(factory, policies));
    }

    static SeededBug.Assembly steLegality(Function<IdRegisters, SteLegality> maker) {
        return of(new TranslationFactory() {
            @Override
            protected SteLegality steLegality(IdRegisters id) {
                return maker.apply(id);
            }
        });
    }

    static SeededBug.Assembly streamDecoder(StreamDecoderMaker maker) {
        return of(new TranslationFactory() {
            @Override
            protected StreamDecoder streamDecoder(IdRegisters id, SteLegality legality, RuleLog rules) {
                return maker.make(id, legality, rules);
            }
        });
    }

    static SeededBug.Assembly streamTable(StreamTableMaker maker) {
        return of(new TranslationFactory() {
            @Override
            protected StreamTable streamTable(
                    StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
                return maker.make(reader, decoder, id, rules);
            }
        });
    }

    static SeededBug.Assembly contextTable(ContextTableMaker maker) {
        return of(new TranslationFactory() {
            @Override
            protected ContextTable contextTable(
                    StructureReader reader,
                    ContextDecoder decoder,
                    SubstreamRules substreams,
                    NestedAccess nested,
                    IdRegisters id,
                    RuleLog rules) {
                return maker.make(reader, decoder, substreams, nested, id, rules);
            }
        });
    }

    static SeededBug.Assembly inputRange(Supplier<InputRange> maker) {
        return of(new TranslationFactory() {
            @Override
            protected InputRange inputRange() {
                return maker.get();
            }
        });
    }

    static SeededBug.Assembly stage1Walk(Stage1WalkMaker maker) {
        return of(new TranslationFactory() {
            @Override
            protected Stage1Walk stage1Walk(
                    StructureReader reader,
                    Stage1Permissions permissions,
                    AttributeRules attributes,
                    NestedAccess nested,
                    IdRegisters id,
                    RuleLog rules) {
                return maker.make(reader, permissions, attributes, nested, id, rules);
            }
        });
    }

    static SeededBug.Assembly stage2Walk(Stage2WalkMaker maker) {
        return of(new TranslationFactory() {
            @Override
            protected Stage2Walk stage2Walk(
                    StructureReader reader, Stage2Permissions permissions, IdRegisters id, RuleLog rules) {
                return maker.make(reader, permissions, id, rules);
            }
        });
    }

    static SeededBug.Assembly nestedAccess(NestedAccessMaker maker) {
        return of(new TranslationFactory() {
            @Override
            protected NestedAccess nestedAccess(Stage2Walk stage2, AttributeRules attributes, RuleLog rules) {
                return maker.make(stage2, attributes, rules);
            }
        });
    }
}
