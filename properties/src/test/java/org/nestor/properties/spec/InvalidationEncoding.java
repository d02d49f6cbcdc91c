package org.nestor.properties.spec;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Tuples;
import org.nestor.spec.eval.Valuation;
import org.nestor.spec.eval.Vocabulary;

/** States of a {@link WatchedWorld} as states of smmu/invalidation, with the ghosts that the module's own functions compute. */
final class InvalidationEncoding {
    private final WatchedCommands commands;
    private final Population population;
    private final Function<Valuation, Tuples> nextOk;
    private final Function<Valuation, Tuples> nextDoomed;
    private final int current;
    private final int holds;
    private final int pending;
    private final int ok;
    private final int doomed;
    private final int operation;
    private final int command;
    private final int value;

    /** What software does in a step. */
    record Action(String operation, Optional<String> command, Optional<String> value) {}

    InvalidationEncoding(Vocabulary vocabulary, WatchedCommands commands, WatchedWord word, boolean global) {
        this.commands = commands;
        this.population = new Population(vocabulary, atoms(), fixed(word, global));
        this.nextOk = population.expression("nextOk");
        this.nextDoomed = population.expression("nextDoomed");
        this.current = population.slot("Memory.current");
        this.holds = population.slot("Hardware.holds");
        this.pending = population.slot("Hardware.pending");
        this.ok = population.slot("Rule.ok");
        this.doomed = population.slot("Rule.doomed");
        this.operation = population.slot("Now.operation");
        this.command = population.slot("Now.command");
        this.value = population.slot("Now.value");
    }

    private Map<String, List<String>> atoms() {
        return Map.of(
                "Vmid", List.of("V0", "V1"),
                "Asid", List.of("A0", "A1"),
                "Page", List.of("P0", "P1"),
                "Stream", List.of("S0", "S1"),
                "Substream", List.of("U0", "U1"),
                "Command", commands.atoms(),
                "Value", WatchedTables.VALUES);
    }

    private Map<String, List<List<String>>> fixed(WatchedWord word, boolean global) {
        Map<String, List<List<String>>> fixed = new HashMap<>();
        fixed.put("Memory.word", List.of(List.of(word.atom())));
        Map<String, String> kinds = Map.of(
                "SteCache",
                "Ste",
                "CdCache",
                "Cd",
                "Stage1Tlb",
                "Leaf1",
                "Stage2Walk",
                "Pointer2",
                "Stage2Tlb",
                "Leaf2",
                "CombinedTlb",
                "CombinedLeaf");
        fixed.put("Entry.kind", rows(kinds));
        Map<String, String> same =
                Map.of("world", "NsEl1", "vmid", "V0", "asid", "A0", "covers", "P0", "stream", "S0", "substream", "U0");
        same.forEach((field, atom) -> fixed.put("Entry." + field, entries(atom)));
        fixed.put("Entry.aset", List.of());
        fixed.put(
                "Entry.global",
                global ? List.of(List.of("Stage1Tlb", "Yes"), List.of("CombinedTlb", "Yes")) : List.of());
        for (String field : List.of("opcode", "onVmid", "onAsid", "onPage", "onStream", "onSubstream", "leafOnly")) {
            fixed.put("Command." + field, commandRows(field));
        }
        return fixed;
    }

    private static List<List<String>> rows(Map<String, String> pairs) {
        List<List<String>> rows = new ArrayList<>();
        pairs.forEach((left, right) -> rows.add(List.of(left, right)));
        return rows;
    }

    private static List<List<String>> entries(String atom) {
        List<List<String>> rows = new ArrayList<>();
        for (WatchedEntry entry : WatchedEntry.values()) {
            rows.add(List.of(entry.atom(), atom));
        }
        return rows;
    }

    private List<List<String>> commandRows(String field) {
        List<List<String>> rows = new ArrayList<>();
        for (String atom : commands.atoms()) {
            String found = commands.named(atom).fields().get(field);
            if (found != null) {
                rows.add(List.of(atom, found));
            }
        }
        return rows;
    }

    Population population() {
        return population;
    }

    /** The state at the beginning, when nothing is cached: the rule allows what memory holds. */
    Valuation first(String held) {
        Valuation state = population.empty().with(current, population.set(Set.of(held)));
        Tuples allowed = population.expression("holders->Memory.current").apply(state);
        return state.with(ok, allowed);
    }

    /** The state before a step, now that it is known what the step is. */
    Valuation doing(Valuation before, Action action) {
        return before.with(operation, population.set(Set.of(action.operation())))
                .with(command, population.set(action.command().stream().toList()))
                .with(value, population.set(action.value().stream().toList()));
    }

    /**
     * The state after a step.
     *
     * @param before the state with the step
     * @param held the value in memory
     */
    Valuation after(Valuation before, String held, WatchedWorld world) {
        Valuation hardware = before.with(current, population.set(Set.of(held)))
                .with(holds, holds(world))
                .with(
                        pending,
                        population.set(
                                world.pending().stream().map(commands::atom).collect(toSet())));
        Valuation both = before.before(hardware);
        return hardware.with(ok, nextOk.apply(both)).with(doomed, nextDoomed.apply(both));
    }

    private Tuples holds(WatchedWorld world) {
        List<List<String>> rows = new ArrayList<>();
        world.holds().forEach((entry, values) -> values.forEach(held -> rows.add(List.of(entry.atom(), held))));
        return population.tuples(2, rows);
    }
}
