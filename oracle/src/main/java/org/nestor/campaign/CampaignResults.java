package org.nestor.campaign;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.nestor.oracle.IdRegisterValues;
import org.nestor.oracle.ReportedCapabilities;
import org.nestor.oracle.sut.ShellWord;
import org.nestor.protocol.Feature;
import org.nestor.protocol.LineWriter;
import org.nestor.protocol.Reply;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Declaration;
import org.nestor.reports.Divergence;
import org.nestor.reports.Ending;
import org.nestor.reports.RuleDetail;
import org.nestor.reports.SelfTest;
import org.nestor.reports.Setup;
import org.nestor.reports.Sut;
import org.nestor.rule.RuleCatalogue;
import org.nestor.rule.RuleEntry;
import org.nestor.rule.RuleId;
import org.nestor.rule.RulePlaces;
import org.nestor.smmu.register.IdRegisters;

/** Makes the result of a campaign out of what it has seen so far. */
final class CampaignResults {
    private static final List<String> JUDGED = List.of("A", "C");

    private final Reply.Introduction introduction;
    private final long seed;
    private final Instant started;
    private final Setup setup;
    private final Optional<SelfTest> selfTest;
    private final KnownDifferences known;
    private final FindingFiles files;
    private final String replay;

    /**
     * Results of one campaign.
     *
     * @param replay the command that plays a scenario again, up to the name of its file
     */
    CampaignResults(
            Reply.Introduction introduction,
            long seed,
            Instant started,
            Setup setup,
            Optional<SelfTest> selfTest,
            KnownDifferences known,
            FindingFiles files,
            String replay) {
        this.introduction = introduction;
        this.seed = seed;
        this.started = started;
        this.setup = setup;
        this.selfTest = selfTest;
        this.known = known;
        this.files = files;
        this.replay = replay;
    }

    /** The result so far. */
    CampaignResult of(CampaignState state, double seconds) {
        SortedMap<String, RuleDetail> details = details();
        return new CampaignResult(
                CampaignResult.VERSION,
                sut(),
                seed,
                started,
                seconds,
                state.scenarios(),
                state.operations(),
                state.verdicts(),
                hits(state, details),
                state.findings().stream().map(this::divergence).toList(),
                Optional.of(setup),
                capabilities(),
                selfTest,
                details,
                state.undecided(),
                outcomes(state));
    }

    private static SortedMap<String, Long> hits(CampaignState state, Map<String, RuleDetail> details) {
        SortedMap<String, Long> hits = new TreeMap<>();
        details.keySet().forEach(rule -> hits.put(rule, 0L));
        state.hits().forEach((rule, count) -> hits.put(rule.toString(), count));
        return hits;
    }

    private static SortedMap<String, Long> outcomes(CampaignState state) {
        SortedMap<String, Long> outcomes = new TreeMap<>();
        state.outcomes().forEach((kind, count) -> outcomes.put(kind.name(), count));
        return outcomes;
    }

    private IdRegisters ids() {
        return ReportedCapabilities.of(introduction).ids();
    }

    /** The rules that a judge can decide by. */
    private SortedMap<String, RuleDetail> details() {
        RulePlaces places = RulePlaces.load();
        Applicability applicability =
                new Applicability(ids(), introduction.features().contains(Feature.RESET_IDR));
        SortedMap<String, RuleDetail> details = new TreeMap<>();
        for (RuleEntry entry : RuleCatalogue.load().all()) {
            RuleId id = entry.id();
            if (JUDGED.contains(id.area().substring(0, 1))) {
                RuleDetail detail = RuleDetail.of(entry.section(), entry.text());
                Optional<String> notModelled = places.notModelled(id);
                Optional<String> missing = applicability.missing(id);
                if (notModelled.isPresent()) {
                    detail = detail.notModelledBecause(notModelled.get());
                } else if (missing.isPresent()) {
                    detail = detail.notApplicableBecause(missing.get());
                } else if (!places.watched(id)) {
                    detail = detail.notWatchedBecause("nothing counts its decisions");
                }
                details.put(id.toString(), detail);
            }
        }
        return details;
    }

    private Divergence divergence(Finding finding) {
        Failure failure = finding.failure();
        return new Divergence(
                files.id(finding),
                finding.cause().title(),
                finding.cause().rules().stream().map(RuleId::toString).toList(),
                LineWriter.write(finding.last().request()),
                LineWriter.write(finding.last().reply()),
                failure.allowed(),
                finding.count(),
                finding.firstSeed(),
                files.scenario(finding),
                files.trace(finding),
                Narration.of(finding.smallest()),
                Optional.of(ending(failure)),
                failure.explanation(),
                files.path(finding).map(path -> replay + " " + ShellWord.of(path)),
                known.declaring(finding.cause()).map(entry -> new Declaration(entry.id(), entry.reason())));
    }

    private static Ending ending(Failure failure) {
        if (!(failure instanceof Failure.End end)) {
            return Ending.REPLIED;
        }
        return end.hung() ? Ending.HUNG : Ending.DIED;
    }

    private List<String> capabilities() {
        IdRegisters ids = ids();
        return List.of(
                (ids.s1p() ? "stage 1" : "no stage 1") + ", " + (ids.s2p() ? "stage 2" : "no stage 2"),
                "StreamIDs of " + ids.sidSize() + " bits, SubstreamIDs of " + ids.ssidSize(),
                "output addresses of " + ids.oas() + " bits, input addresses of " + ids.ias() + " bits",
                "ATS " + yes(ids.ats()) + ", PRI " + yes(ids.pri()) + ", stalls " + yes(ids.stallMax() > 0)
                        + ", hardware updates " + ids.httu() + ", range invalidation " + yes(ids.ril()));
    }

    private static String yes(boolean present) {
        return present ? "yes" : "no";
    }

    private Sut sut() {
        SortedMap<String, Long> idr = new TreeMap<>();
        IdRegisterValues.REGISTERS.forEach(
                register -> Optional.ofNullable(introduction.idr().get(register.name()))
                        .ifPresent(value -> idr.put(register.name(), value)));
        return new Sut(
                introduction.name(),
                introduction.version(),
                OptionalInt.of(introduction.protocol()),
                introduction.features().stream().map(feature -> feature.wire()).toList(),
                introduction.memory().stream()
                        .map(window -> new Sut.Window(window.base(), window.size(), window.device()))
                        .toList(),
                introduction.sids(),
                idr,
                OptionalInt.of(introduction.dmaMaxLength()));
    }
}
