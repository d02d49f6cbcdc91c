package org.nestor.properties.spec;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.CdLegality;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.ContextDecoder;
import org.nestor.smmu.config.Stage1Half;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.spec.table.Case;
import org.nestor.tables.Ste;

/** What CdLegality and ContextDecoder say, in the words of smmu/cd. */
final class CdPairing implements Pairing.Subject {
    static final Set<String> QUESTIONS = Set.of("violations", "aspects", "outputSize");
    private static final int STAGE_1 = 0b101;
    private static final int NESTED = 0b111;

    private final BitsEncoder encoder;
    private final Function<IdRegisters, CdLegality> legality;

    CdPairing(long seed, Function<IdRegisters, CdLegality> legality) {
        this.encoder = new BitsEncoder("Cd", ContextDescriptor.LAYOUT, seed);
        this.legality = legality;
    }

    @Override
    public Map<String, Set<String>> answers(Case instance) {
        Bits bits = encoder.bits(instance);
        ContextDescriptor cd = new ContextDescriptor(bits.line());
        StreamTableEntry ste = ste(bits);
        StreamWorld world = world(bits);
        CdLegality judge = legality.apply(bits.id());
        Map<String, Set<String>> answers = new HashMap<>();
        answers.put("violations", cd.v() ? Pairing.atoms(judge.violations(cd, ste, world)) : Set.of());
        if (cd.aa64()) {
            StreamConfiguration stream = new StreamConfiguration(ste, world, Optional.empty(), Optional.empty());
            Configuration decoded = new ContextDecoder(bits.id(), judge, RuleLog.NONE).decode(cd, stream);
            answers.put("aspects", decoded.stage1().map(CdPairing::aspects).orElse(Set.of()));
            decoded.stage1()
                    .flatMap(CdPairing::anyHalf)
                    .ifPresent(half -> answers.put(
                            "outputSize", Set.of("B" + half.geometry().outputBits())));
        }
        return answers;
    }

    private static StreamTableEntry ste(Bits bits) {
        Ste ste = Ste.bypass()
                .config(bits.isSet("stage2") ? NESTED : STAGE_1)
                .s2aa64(bits.isSet("s2aa64"))
                .s1stalld(bits.isSet("s1stalld"));
        return new StreamTableEntry(ste.line());
    }

    private static StreamWorld world(Bits bits) {
        return switch (bits.named("world")) {
            case "El2" -> StreamWorld.EL2;
            case "El2E2h" -> StreamWorld.EL2_E2H;
            default -> StreamWorld.NS_EL1;
        };
    }

    private static Optional<Stage1Half> anyHalf(Stage1Regime regime) {
        return regime.lower().or(regime::upper);
    }

    private static Set<String> aspects(Stage1Regime regime) {
        Set<String> aspects = new HashSet<>();
        StePairing.add(aspects, "Lower", regime.lower().isPresent());
        StePairing.add(aspects, "Upper", regime.upper().isPresent());
        StePairing.add(aspects, "AccessUpdated", regime.hardwareAccess());
        StePairing.add(aspects, "DirtyUpdated", regime.hardwareDirty());
        StePairing.add(
                aspects,
                "BigEndian",
                anyHalf(regime).map(half -> half.geometry().bigEndian()).orElse(false));
        StePairing.add(aspects, "AccessFlagIgnored", regime.affd());
        StePairing.add(aspects, "Tagged", regime.tag().world().usesAsid());
        return aspects;
    }
}
