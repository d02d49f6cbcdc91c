package org.nestor.bugs;

import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.TranslationUnit;
import org.nestor.smmu.command.CommandDecoder;
import org.nestor.smmu.command.CommandExecutor;
import org.nestor.smmu.command.CommandLegality;
import org.nestor.smmu.command.CommandProcessor;
import org.nestor.smmu.fault.EventComposer;
import org.nestor.smmu.queue.CommandQueue;
import org.nestor.smmu.queue.EventMerging;
import org.nestor.smmu.queue.EventQueue;
import org.nestor.smmu.queue.Overflow;
import org.nestor.smmu.queue.PriQueue;
import org.nestor.smmu.queue.QueueArithmetic;
import org.nestor.smmu.queue.QueueContext;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.RegisterDecoder;
import org.nestor.smmu.register.RegisterFeatures;
import org.nestor.smmu.tlb.CachePolicy;

/** Assemblies in which one part around the translation procedure is replaced, by what makes the part. */
final class ReplacedPart {

    private ReplacedPart() {}

    interface CommandProcessorMaker {
        CommandProcessor make(
                CommandQueue queue,
                CommandLegality legality,
                CommandDecoder decoder,
                CommandExecutor executor,
                RuleLog rules);
    }

    interface EventQueueMaker {
        EventQueue make(QueueContext context, IdRegisters ids, EventMerging merging);
    }

    private static TranslationUnit.Factory translation(Supplier<CachePolicy> policies) {
        return new CachedTranslation(policies);
    }

    static SeededBug.Assembly registerDecoder(Function<RuleLog, RegisterDecoder> maker) {
        return policies -> new SmmuParts(translation(policies)) {
            @Override
            protected RegisterDecoder registerDecoder(RuleLog rules) {
                return maker.apply(rules);
            }
        };
    }

    static SeededBug.Assembly registerFeatures(Function<IdRegisters, RegisterFeatures> maker) {
        return policies -> new SmmuParts(translation(policies)) {
            @Override
            protected RegisterFeatures registerFeatures(IdRegisters ids) {
                return maker.apply(ids);
            }
        };
    }

    static SeededBug.Assembly commandLegality(BiFunction<IdRegisters, RuleLog, CommandLegality> maker) {
        return policies -> new SmmuParts(translation(policies)) {
            @Override
            protected CommandLegality commandLegality(IdRegisters ids, RuleLog rules) {
                return maker.apply(ids, rules);
            }
        };
    }

    static SeededBug.Assembly commandProcessor(CommandProcessorMaker maker) {
        return policies -> new SmmuParts(translation(policies)) {
            @Override
            protected CommandProcessor commandProcessor(
                    CommandQueue queue,
                    CommandLegality legality,
                    CommandDecoder decoder,
                    CommandExecutor executor,
                    RuleLog rules) {
                return maker.make(queue, legality, decoder, executor, rules);
            }
        };
    }

    /** The index arithmetic of the command queue alone. */
    static SeededBug.Assembly commandArithmetic(Supplier<QueueArithmetic> maker) {
        return policies -> new SmmuParts(translation(policies)) {
            @Override
            protected CommandQueue commandQueue(QueueContext context, IdRegisters ids) {
                return super.commandQueue(
                        new QueueContext(
                                context.bank(),
                                context.memory(),
                                context.errors(),
                                context.interrupts(),
                                maker.get(),
                                context.rules()),
                        ids);
            }
        };
    }

    static SeededBug.Assembly eventComposer(Function<RuleLog, EventComposer> maker) {
        return policies -> new SmmuParts(translation(policies)) {
            @Override
            protected EventComposer eventComposer(RuleLog rules) {
                return maker.apply(rules);
            }
        };
    }

    static SeededBug.Assembly eventQueue(EventQueueMaker maker) {
        return policies -> new SmmuParts(translation(policies)) {
            @Override
            protected EventQueue eventQueue(QueueContext context, IdRegisters ids, EventMerging merging) {
                return maker.make(context, ids, merging);
            }
        };
    }

    static SeededBug.Assembly eventOverflow(Function<QueueContext, Overflow> maker) {
        return policies -> new SmmuParts(translation(policies)) {
            @Override
            protected Overflow eventOverflow(QueueContext context) {
                return maker.apply(context);
            }
        };
    }

    static SeededBug.Assembly priQueue(BiFunction<QueueContext, IdRegisters, PriQueue> maker) {
        return policies -> new SmmuParts(translation(policies)) {
            @Override
            protected PriQueue priQueue(QueueContext context, IdRegisters ids) {
                return maker.apply(context, ids);
            }
        };
    }
}
