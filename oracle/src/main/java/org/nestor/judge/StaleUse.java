package org.nestor.judge;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.nestor.allowed.AllowedOutcome.PastWord;
import org.nestor.allowed.InvalidationLog.Closing;
import org.nestor.rule.RuleId;
import org.nestor.smmu.command.InvalidationCommand;

/** Says of a way to end that is not allowed which words it rests on, and which commands had removed what was made of them. */
final class StaleUse {
    private static final RuleId NO_OLD_VALUES = RuleId.of("C-CMP-02");
    private static final RuleId NO_OLD_CONFIGURATION = RuleId.of("C-CMP-04");
    private static final RuleId BY_ADDRESS = RuleId.of("C-INV-01");
    private static final RuleId BY_IPA = RuleId.of("C-INV-08");
    private static final RuleId BY_RANGE = RuleId.of("C-RIL-02");

    private final Ending ending;
    private final CommandEffects effects;

    /**
     * @param ending rests on a removed word at least
     */
    StaleUse(Ending ending, CommandEffects effects) {
        this.ending = ending;
        this.effects = effects;
    }

    /** What the scopes of the commands rest on. */
    Set<RuleId> rules() {
        Set<RuleId> rules = new LinkedHashSet<>();
        for (PastWord word : ending.past()) {
            word.removedBy().ifPresent(closing -> rules.addAll(rules(closing.command())));
        }
        return rules;
    }

    private static Set<RuleId> rules(InvalidationCommand command) {
        Set<RuleId> rules = new LinkedHashSet<>();
        rules.add(isOfConfiguration(command) ? NO_OLD_CONFIGURATION : NO_OLD_VALUES);
        command.byAddress().map(StaleUse::scope).ifPresent(rules::add);
        if (command instanceof InvalidationCommand.TlbiS2Ipa) {
            rules.add(BY_IPA);
        }
        return rules;
    }

    private static boolean isOfConfiguration(InvalidationCommand command) {
        return command instanceof InvalidationCommand.CfgiSte
                || command instanceof InvalidationCommand.CfgiSteRange
                || command instanceof InvalidationCommand.CfgiCd
                || command instanceof InvalidationCommand.CfgiCdAll;
    }

    private static RuleId scope(InvalidationCommand.Extent extent) {
        return extent.range().isPresent() ? BY_RANGE : BY_ADDRESS;
    }

    /** A line for each word. */
    List<String> words() {
        List<String> lines = new ArrayList<>();
        for (PastWord word : ending.past()) {
            lines.add("it ends so with the " + word.role() + " at " + Hex.of(word.address()) + " = "
                    + Hex.of(word.value()) + ", which memory held until exchange " + word.lastHeld()
                    + word.removedBy().map(this::removal).orElse(""));
        }
        return lines;
    }

    private String removal(Closing closing) {
        return "; " + effects.name(closing.number()) + " of exchange " + closing.publishedAt()
                + ", seen complete at exchange " + closing.completeAt() + ", removes what was made of it";
    }
}
