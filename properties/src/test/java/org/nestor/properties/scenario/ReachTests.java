package org.nestor.properties.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.nestor.generators.scenario.Action;
import org.nestor.generators.search.ScenarioGenerator;
import org.nestor.generators.search.Weights;
import org.nestor.memory.Bytes;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Reply;
import org.nestor.rule.RuleCounter;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;

/** What a fixed few thousand scenarios on the full profile come to. */
@TestInstance(Lifecycle.PER_CLASS)
class ReachTests {
    private static final int SCENARIOS = 2_500;

    /** Rules that the reference logs in these scenarios; the ones beyond are named in the Javadoc of the generator. */
    private static final int RULES = 125;

    private final RuleCounter rules = new RuleCounter();
    private final Set<EventType> events = EnumSet.noneOf(EventType.class);
    private final Set<Register> written = EnumSet.noneOf(Register.class);
    private final Set<Register> read = EnumSet.noneOf(Register.class);
    private final Set<Integer> opcodes = new HashSet<>();
    private final Map<DmaResult, Integer> results = new EnumMap<>(DmaResult.class);

    @BeforeAll
    void playScenarios() {
        ScenarioStage stage = new ScenarioStage(Profile.FULL, rules);
        ScenarioGenerator generator = new ScenarioGenerator(stage.capabilities(), Weights.DEFAULT);
        for (int seed = 0; seed < SCENARIOS; seed++) {
            stage.play(generator.generate(seed), this::note);
        }
    }

    private void note(Action action, Reply reply) {
        if (action instanceof Action.RegWrite write) {
            written.add(write.register());
        } else if (action instanceof Action.RegRead register) {
            read.add(register.register());
        } else if (action instanceof Action.MemWrite write && write.data().length() == CommandRecord.BYTES) {
            opcodes.add(CommandRecord.fromBytes(write.data().toArray()).opcode());
        }
        if (reply instanceof Reply.Events taken) {
            for (Bytes event : taken.events()) {
                EventRecord.fromBytes(event.toArray()).type().ifPresent(events::add);
            }
        } else if (reply instanceof Reply.Dma dma) {
            results.merge(dma.result(), 1, Integer::sum);
        }
    }

    /** F_UUT is never raised by the reference, nor are conflicts and E_PAGE_REQUEST; F_VMS_FETCH belongs to MPAM. */
    @Test
    void everyEventThatTheReferenceRaisesIsMet() {
        Set<EventType> expected = EnumSet.complementOf(EnumSet.of(
                EventType.F_UUT,
                EventType.F_TLB_CONFLICT,
                EventType.F_CFG_CONFLICT,
                EventType.E_PAGE_REQUEST,
                EventType.F_VMS_FETCH));
        expected.removeAll(events);
        assertEquals(Set.of(), expected);
    }

    @Test
    void everyOpcodeIsPublished() {
        Set<CommandOpcode> missing = EnumSet.allOf(CommandOpcode.class);
        missing.removeIf(opcode -> opcodes.contains(opcode.code()));
        assertEquals(Set.of(), missing);
        assertTrue(opcodes.stream().anyMatch(opcode -> CommandOpcode.of(opcode).isEmpty()));
    }

    @Test
    void everyRegisterIsReadAndWritten() {
        assertEquals(EnumSet.allOf(Register.class), written);
        assertEquals(EnumSet.allOf(Register.class), read);
    }

    @Test
    void everyEndOfADmaIsMetAndManySucceed() {
        int all = results.values().stream().mapToInt(Integer::intValue).sum();
        assertTrue(results.keySet()
                .containsAll(EnumSet.of(DmaResult.OK, DmaResult.ABORT, DmaResult.RAZWI, DmaResult.STALL)));
        assertTrue(results.getOrDefault(DmaResult.OK, 0) > all / 3, results::toString);
    }

    @Test
    void mostOfTheRulesThatTheReferenceLogsDecide() {
        Set<RuleId> decided = new TreeSet<>(rules.snapshot().keySet());
        assertTrue(decided.size() >= RULES, () -> decided.size() + " rules: " + decided);
    }
}
