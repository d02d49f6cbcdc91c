package org.nestor.cli;

import java.util.SortedMap;
import org.nestor.reports.RuleCoverage;
import org.nestor.rule.RuleCatalogue;
import org.nestor.rule.RuleCounter;
import org.nestor.rule.RuleId;
import org.nestor.rule.RulePlaces;

/** How to report which rules a run decided by. The names are those of the command line. */
enum RuleReport {
    text {
        @Override
        String rendered(RuleCoverage coverage) {
            return coverage.toText();
        }
    },
    json {
        @Override
        String rendered(RuleCoverage coverage) {
            return coverage.toJson() + "\n";
        }
    };

    abstract String rendered(RuleCoverage coverage);

    /** The report of what was counted. */
    String of(RuleCounter counter) {
        SortedMap<RuleId, Long> hits = counter.snapshot();
        RulePlaces places = RulePlaces.load();
        return rendered(new RuleCoverage(RuleCatalogue.load().all().stream()
                .map(entry -> new RuleCoverage.Row(
                        entry.id().toString(),
                        entry.section(),
                        hits.getOrDefault(entry.id(), 0L),
                        places.notModelled(entry.id()).isEmpty()))
                .toList()));
    }
}
