package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Tuples;
import org.nestor.spec.eval.Valuation;
import org.nestor.spec.eval.Vocabulary;

/** States of software and of the reference as states of smmu/nested. */
final class NestedEncoding {
    private static final List<String> ARGUMENTS = List.of("stream", "vm", "context", "va", "ipa", "page");

    private final Population population;

    NestedEncoding(AlloyModule module) {
        this.population = new Population(
                Vocabulary.of(module),
                Map.of(
                        "Stream", NestedTables.STREAMS,
                        "Vm", NestedTables.VMS,
                        "Vmid", NestedTables.VMIDS,
                        "Context", NestedTables.CONTEXTS,
                        "Asid", NestedTables.ASIDS,
                        "Va", NestedTables.VAS,
                        "Ipa", NestedTables.IPAS,
                        "Page", NestedTables.PAGES),
                Map.of(
                        "Vm.vmid", pairs(NestedTables.VMS, NestedTables.VMIDS),
                        "Context.asid", pairs(NestedTables.CONTEXTS, NestedTables.ASIDS)));
    }

    private static List<List<String>> pairs(List<String> left, List<String> right) {
        List<List<String>> pairs = new ArrayList<>();
        for (int i = 0; i < left.size(); i++) {
            pairs.add(List.of(left.get(i), right.get(i)));
        }
        return pairs;
    }

    Population population() {
        return population;
    }

    /** All but what is watched, and what is done. */
    Valuation state(NestedSoftware software, NestedHardware hardware) {
        Tuples[] tuples = population.emptyTuples();
        software.relations().forEach((name, rows) -> set(tuples, name, rows));
        hardware.relations().forEach((name, rows) -> set(tuples, name, rows));
        return doing(Valuation.of(tuples), NestedAction.IDLE);
    }

    private void set(Tuples[] tuples, String name, Collection<List<String>> rows) {
        int slot = population.slot(name);
        tuples[slot] = population.tuples(tuples[slot].arity(), rows);
    }

    Valuation watching(Valuation state, NestedHardware hardware, NestedWatch watch) {
        List<String> reached = hardware.stage1().stream()
                .filter(watch::watches)
                .map(row -> row.get(3))
                .toList();
        boolean cached = hardware.combined().contains(watch.entry());
        return with(
                state,
                Map.of(
                        "Watched.v", List.of(watch.vmid()),
                        "Watched.a", List.of(watch.asid()),
                        "Watched.x", List.of(watch.va()),
                        "Watched.p", List.of(watch.page()),
                        "Watched.reached", reached,
                        "Cached", cached ? List.of("Watched") : List.of()));
    }

    private Valuation with(Valuation state, Map<String, List<String>> sets) {
        Valuation changed = state;
        for (Map.Entry<String, List<String>> each : sets.entrySet()) {
            changed = changed.with(population.slot(each.getKey()), population.set(each.getValue()));
        }
        return changed;
    }

    /** The same state, now that it is known what is done in it. */
    Valuation doing(Valuation state, NestedAction action) {
        Valuation changed = state.with(population.slot("Now.operation"), population.set(Set.of(action.operation())));
        for (String argument : ARGUMENTS) {
            String atom = action.arguments().getOrDefault(argument, "");
            changed = changed.with(
                    population.slot("Now." + argument), population.set(atom.isEmpty() ? List.of() : List.of(atom)));
        }
        return changed;
    }
}
