package org.nestor.spec.mutation;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.nestor.spec.AlloyCommand;
import org.nestor.spec.AlloyModule;

/** Runs the commands of a module on each of its mutants. */
public final class MutationRun {

    /**
     * What became of a mutant.
     *
     * @param killer the first command that did not come out as expected, empty if the mutant survives
     */
    public record Outcome(String mutant, Optional<String> killer) {}

    private final AlloyModule module;
    private final List<AlloyCommand> commands;

    /** With all commands of the module, those first that look at no runs, since they are the quickest. */
    public MutationRun(AlloyModule module) {
        this.module = module;
        this.commands = module.commands().stream()
                .sorted(Comparator.comparing(AlloyCommand::isBoundedRun))
                .toList();
    }

    /** Every conjunct of every predicate of the module, but for those that are only goals: with a conjunct less they are reached as well. */
    public List<Outcome> outcomes() {
        Set<String> goals = commands.stream()
                .filter(command -> !command.check())
                .map(AlloyCommand::label)
                .collect(Collectors.toSet());
        return Mutants.of(module, name -> !goals.contains(name)).stream()
                .map(mutant -> new Outcome(mutant.name(), mutant.during(this::killer)))
                .toList();
    }

    private Optional<String> killer() {
        return commands.stream()
                .filter(command -> !command.run().verdict().asExpected())
                .map(AlloyCommand::label)
                .findFirst();
    }
}
