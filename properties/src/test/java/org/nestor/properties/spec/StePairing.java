package org.nestor.properties.spec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.spec.table.Case;

/** What SteLegality and StreamDecoder say, in the words of smmu/ste. */
final class StePairing implements Pairing.Subject {
    static final Set<String> QUESTIONS =
            Set.of("violations", "outcome", "world", "aspects", "startLevel", "effective[Ste.s2ps]");

    private final BitsEncoder encoder;
    private final Function<IdRegisters, SteLegality> legality;

    StePairing(long seed, Function<IdRegisters, SteLegality> legality) {
        this.encoder = new BitsEncoder("Ste", StreamTableEntry.LAYOUT, seed);
        this.legality = legality;
    }

    @Override
    public Map<String, Set<String>> answers(Case instance) {
        Bits bits = encoder.bits(instance);
        StreamTableEntry ste = new StreamTableEntry(bits.line());
        SteLegality judge = legality.apply(bits.id());
        Map<String, Set<String>> answers = new HashMap<>();
        answers.put("violations", Pairing.atoms(judge.violations(ste)));
        if (!ste.stage2Enabled() || ste.s2aa64()) {
            StreamConfiguration decoded =
                    new StreamDecoder(bits.id(), judge, RuleLog.NONE).decode(ste, bits.isSet("e2h"));
            answers.put("outcome", Set.of(outcome(ste, decoded)));
            answers.put("world", decoded.refusal().isPresent() ? Set.of() : Set.of(world(decoded)));
            answers.put("aspects", aspects(decoded.stage2()));
            decoded.stage2().ifPresent(stage2 -> {
                answers.put("startLevel", Set.of("N" + stage2.geometry().startLevel()));
                answers.put(
                        "effective[Ste.s2ps]", Set.of("B" + stage2.geometry().outputBits()));
            });
        }
        return answers;
    }

    private static String outcome(StreamTableEntry ste, StreamConfiguration decoded) {
        if (decoded.refusal().isPresent()) {
            return decoded.refusal().get() instanceof Refusal.SilentAbort ? "SilentAbort" : "BadSte";
        }
        if (decoded.stage2().isPresent()) {
            return ste.stage1Enabled() ? "Nested" : "Stage2";
        }
        return ste.stage1Enabled() ? "Stage1" : "Bypass";
    }

    private static String world(StreamConfiguration decoded) {
        return switch (decoded.world()) {
            case NS_EL1 -> "NsEl1";
            case EL2 -> "El2";
            case EL2_E2H -> "El2E2h";
        };
    }

    private static Set<String> aspects(Optional<Stage2Regime> stage2) {
        Set<String> aspects = new HashSet<>();
        stage2.ifPresent(regime -> {
            add(aspects, "AccessUpdated", regime.hardwareAccess());
            add(aspects, "DirtyUpdated", regime.hardwareDirty());
            add(aspects, "WalkProtected", regime.protectTableWalk());
            add(aspects, "WriteBackForced", regime.forceWriteBack());
            add(aspects, "BigEndian", regime.geometry().bigEndian());
            add(aspects, "AccessFlagIgnored", regime.affd());
        });
        return aspects;
    }

    static void add(Set<String> aspects, String name, boolean holds) {
        if (holds) {
            aspects.add(name);
        }
    }
}
