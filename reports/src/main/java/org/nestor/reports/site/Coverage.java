package org.nestor.reports.site;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.nestor.reports.CampaignResult;

/**
 * The rules of a campaign.
 *
 * @param rules all of them, by id
 */
public record Coverage(List<RuleLine> rules) {

    /** The rules of a result. */
    public static Coverage of(CampaignResult result) {
        return new Coverage(result.rules().entrySet().stream()
                .map(rule -> new RuleLine(
                        rule.getKey(),
                        rule.getValue(),
                        Optional.ofNullable(result.ruleDetails().get(rule.getKey()))))
                .toList());
    }

    /** The rules of a status. */
    public List<RuleLine> of(RuleStatus status) {
        return rules.stream().filter(rule -> rule.status() == status).toList();
    }

    /** How many rules could have decided, and had been seen to. */
    public int reachable() {
        return of(RuleStatus.HIT).size() + of(RuleStatus.NOT_REACHED).size();
    }

    /** The rules by family, in the order of their names. */
    public List<RuleFamily> families() {
        return rules.stream().collect(groupingBy(RuleLine::family, TreeMap::new, toList())).entrySet().stream()
                .map(family -> new RuleFamily(family.getKey(), family.getValue()))
                .toList();
    }
}
