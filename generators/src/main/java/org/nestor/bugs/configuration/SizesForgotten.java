package org.nestor.bugs.configuration;

import java.util.Optional;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.transaction.Transaction;

/** Remembers a configuration without T0SZ, T1SZ and S2T0SZ: where it is not fetched, they are 0 and the walk takes that for 48 bits. */
public final class SizesForgotten extends CachingReader {
    private static final int LARGEST = 48;

    public SizesForgotten(
            PhysicalMemory memory,
            CachePolicy policy,
            TlbTags tags,
            InvalidationRules invalidation,
            ConfigurationInvalidationRules configurationInvalidation,
            RuleLog rules) {
        super(memory, policy, tags, invalidation, configurationInvalidation, rules);
    }

    @Override
    public Optional<Configuration> knownConfiguration(Transaction transaction) {
        return super.knownConfiguration(transaction).map(SizesForgotten::widened);
    }

    private static Configuration widened(Configuration known) {
        StreamConfiguration stream = known.stream();
        StreamConfiguration wide = new StreamConfiguration(
                stream.ste(), stream.world(), stream.stage2().map(SizesForgotten::widened), stream.refusal());
        return new Configuration(
                wide, known.descriptor(), known.stage1().map(SizesForgotten::widened), known.refusal());
    }

    private static Stage1Regime widened(Stage1Regime regime) {
        return new Stage1Regime(
                regime.tag(),
                regime.lower().map(SizesForgotten::widened),
                regime.upper().map(SizesForgotten::widened),
                regime.affd(),
                regime.hardwareAccess(),
                regime.hardwareDirty(),
                regime.writeExecuteNever(),
                regime.privilegedAccessNever(),
                regime.mair());
    }

    private static Stage1Half widened(Stage1Half half) {
        TableGeometry shape = half.geometry();
        return new Stage1Half(
                half.upper(),
                resized(shape, TableGeometry.stage1StartLevel(shape.granule(), LARGEST)),
                half.topByteIgnored(),
                half.hierarchyDisabled(),
                half.unprivilegedDenied());
    }

    private static Stage2Regime widened(Stage2Regime regime) {
        return new Stage2Regime(
                regime.vmid(),
                resized(regime.geometry(), regime.geometry().startLevel()),
                regime.affd(),
                regime.hardwareAccess(),
                regime.hardwareDirty(),
                regime.protectTableWalk(),
                regime.forceWriteBack());
    }

    private static TableGeometry resized(TableGeometry shape, int startLevel) {
        return new TableGeometry(
                shape.granule(), LARGEST, startLevel, shape.base(), shape.outputBits(), shape.bigEndian());
    }
}
