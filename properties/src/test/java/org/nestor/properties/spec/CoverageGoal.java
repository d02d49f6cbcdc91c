package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nestor.spec.AlloyCommand;
import org.nestor.spec.AlloyModule;

/**
 * Something that a trace of smmu/invalidation is to show: a word changes, commands follow, and then a DMA may still show what the word
 * held, or must not. Hardware is left to the solver; who follows the trace has hardware of his own.
 *
 * @param word that changes
 * @param commands opcodes in order, and where a CMD_SYNC completes
 * @param stale whether the old value may still be used at the end
 */
record CoverageGoal(WatchedWord word, List<String> commands, boolean stale) {
    private static final String SYNC = "synchronises";
    private static final List<String> ALONE = List.of(
            "CfgiSte",
            "CfgiCd",
            "CfgiCdAll",
            "CfgiAll",
            "NhVa",
            "NhVaa",
            "NhAsid",
            "NhAll",
            "S2Ipa",
            "S12Vmall",
            "NsnhAll");

    /** Every command alone, and every two that concern the word, with a CMD_SYNC between them and without. */
    static Stream<CoverageGoal> all() {
        List<CoverageGoal> goals = new ArrayList<>();
        for (WatchedWord word : WatchedWord.values()) {
            ALONE.forEach(opcode -> addBoth(goals, word, List.of(publishes(opcode), SYNC)));
            for (String first : concerning(word)) {
                concerning(word).stream()
                        .filter(second -> !second.equals(first))
                        .forEach(second -> {
                            addBoth(goals, word, List.of(publishes(first), SYNC, publishes(second), SYNC));
                            addBoth(goals, word, List.of(publishes(first), publishes(second), SYNC));
                        });
            }
        }
        return goals.stream();
    }

    private static void addBoth(List<CoverageGoal> goals, WatchedWord word, List<String> commands) {
        goals.add(new CoverageGoal(word, commands, true));
        goals.add(new CoverageGoal(word, commands, false));
    }

    private static List<String> concerning(WatchedWord word) {
        return switch (word) {
            case STE -> List.of("CfgiSte", "S2Ipa", "S12Vmall", "NhAll");
            case CD -> List.of("CfgiSte", "CfgiCd", "NhAsid", "NhAll");
            case STAGE1 -> List.of("NhVa", "NhAsid", "NhAll", "S12Vmall");
            case STAGE2 -> List.of("S2Ipa", "NhVa", "NhAll", "S12Vmall");
        };
    }

    private static String publishes(String opcode) {
        return "publishes[" + opcode + "]";
    }

    /** A trace that shows it, if there is one. */
    Optional<GoalTrace> trace(AlloyModule module) {
        AlloyCommand like = module.commands().stream()
                .filter(command -> command.label().equals("withoutSync"))
                .findFirst()
                .orElseThrow();
        return GoalTrace.of(like.insteadFor(formula(), commands.size() + 3).run());
    }

    private String formula() {
        List<String> then = new ArrayList<>(List.of("overwrites[v]"));
        then.addAll(commands);
        then.add("v " + (stale ? "" : "not ") + "in CombinedTlb.(Rule.ok)");
        return "some v: Value | fromTheStart[%s] and v = Memory.current and after (%s)"
                .formatted(word.atom(), String.join(" ; ", then));
    }

    @Override
    public String toString() {
        String sequence = String.join(" ", commands)
                .replace("publishes[", "")
                .replace("]", "")
                .replace(SYNC, "SYNC");
        return word.atom() + " " + sequence + (stale ? " may leave" : " leaves not");
    }
}
