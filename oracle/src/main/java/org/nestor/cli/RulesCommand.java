package org.nestor.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.nestor.rule.RuleCatalogue;
import org.nestor.rule.RuleId;
import org.nestor.rule.RulePlaces;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nestor rules}: lists each rule of the catalogue and where it is decided and tested. */
@Command(
        name = "rules",
        description = "Lists the rules, and where each is decided and tested or why it is not modelled.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:--missing found a rule without a place", "2:wrong usage"})
public final class RulesCommand implements Callable<Integer> {

    private final Supplier<RuleCatalogue> catalogue;
    private final Supplier<RulePlaces> places;

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--area", paramLabel = "AREA", description = "Only the rules of this area, for example A-STE.")
    private Optional<String> area = Optional.empty();

    @Option(
            names = "--rule",
            paramLabel = "ID",
            converter = RuleIdConverter.class,
            description = "Only this rule, with its full sentence and all places.")
    private Optional<RuleId> rule = Optional.empty();

    @Option(names = "--missing", description = "Only the rules without a place or a reason; exit code 1 if any.")
    private boolean missing;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    /** The command on the catalogue and index that come with the project. */
    public RulesCommand() {
        this(RuleCatalogue::load, RulePlaces::load);
    }

    RulesCommand(Supplier<RuleCatalogue> catalogue, Supplier<RulePlaces> places) {
        this.catalogue = catalogue;
        this.places = places;
    }

    @Override
    public Integer call() {
        List<RuleStatus> rules = selected();
        print(rules);
        return missing && !rules.isEmpty() ? 1 : 0;
    }

    private List<RuleStatus> selected() {
        RulePlaces index = places.get();
        List<RuleStatus> named = catalogue.get().all().stream()
                .filter(entry -> area.map(entry.id().area()::equals).orElse(true))
                .filter(entry -> rule.map(entry.id()::equals).orElse(true))
                .map(entry -> RuleStatus.of(entry, index))
                .toList();
        if (named.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "no rule has that id or area");
        }
        return missing ? named.stream().filter(RuleStatus::isMissing).toList() : named;
    }

    private void print(List<RuleStatus> rules) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            rules.forEach(status -> out.println(RulesJson.line(status)));
        } else if (rule.isPresent()) {
            rules.forEach(new RulesTable(out)::detail);
        } else {
            new RulesTable(out).list(rules);
        }
        out.flush();
    }

    /** Reads the id of a rule from the command line. */
    static final class RuleIdConverter implements ITypeConverter<RuleId> {

        @Override
        public RuleId convert(String id) {
            try {
                return RuleId.of(id);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
