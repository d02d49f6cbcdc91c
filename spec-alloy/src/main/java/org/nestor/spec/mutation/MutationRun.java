package org.nestor.spec.mutation;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.nestor.spec.AlloyCommand;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.Verdict;

/** Runs the commands of a module on each of its mutants. */
public final class MutationRun {

    /**
     * What became of a mutant.
     *
     * @param killer the first command that did not come out as expected, empty if the mutant survives
     */
    public record Outcome(String mutant, Optional<String> killer) {}

    private record Timed(AlloyCommand command, Duration time) {}

    private final AlloyModule module;
    private final List<AlloyCommand> commands;

    /** With all commands of the module, the quickest first. A command that is not as expected would kill everything, so it is refused. */
    public MutationRun(AlloyModule module) {
        this.module = module;
        this.commands = module.commands().stream()
                .map(MutationRun::timed)
                .sorted(Comparator.comparing(Timed::time))
                .map(Timed::command)
                .toList();
    }

    private static Timed timed(AlloyCommand command) {
        Verdict verdict = command.run().verdict();
        if (!verdict.asExpected()) {
            throw new IllegalArgumentException("of the module as it is, " + verdict);
        }
        return new Timed(command, verdict.time());
    }

    /**
     * Every conjunct of every predicate that some check depends on. What only runs depend on are goals and parts of goals: with a conjunct
     * less they are reached as well.
     */
    public List<Outcome> outcomes() {
        List<AlloyCommand> checks =
                commands.stream().filter(AlloyCommand::check).toList();
        return Mutants.of(module, name -> true).stream()
                .filter(mutant -> checks.stream().anyMatch(check -> check.calls(mutant.predicate())))
                .map(mutant -> new Outcome(mutant.name(), mutant.during(() -> killer(mutant))))
                .toList();
    }

    private Optional<String> killer(Mutant mutant) {
        return commands.stream()
                .filter(command -> command.calls(mutant.predicate()))
                .filter(command -> !command.run().verdict().asExpected())
                .map(AlloyCommand::label)
                .findFirst();
    }
}
