package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.nestor.allowed.Allowed;
import org.nestor.allowed.AllowedOutcome;
import org.nestor.oracle.Transactions;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Permission;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.transaction.OutputAccess;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.AtsAnswer;

/** Judges the answers to Translation Requests. */
final class AtsJudge {
    private static final RuleId ANSWERS = RuleId.of("A-ATS-06");
    private static final RuleId SIZE = RuleId.of("A-ATS-09");
    private static final RuleId RECORDED = RuleId.of("A-ATS-07");
    private static final long PAGE_OFFSET = 0xFFF;
    private static final long SMALLEST = 4096;

    private final Translations translations;
    private final Endings endings;
    private final Events events;
    private final RuleLog rules;

    AtsJudge(Translations translations, Endings endings, Events events, RuleLog rules) {
        this.translations = translations;
        this.endings = endings;
        this.events = events;
        this.rules = rules;
    }

    /** A DMA that is a Translation Request. */
    Verdict judge(Request.Dma request, Reply.Dma reply, long at) {
        Transaction transaction = Transactions.of(request);
        List<AllowedOutcome> answers = new ArrayList<>();
        Optional<String> open = Optional.empty();
        if (translations.mayTranslate()) {
            open = translations.unknown(transaction);
            if (open.isEmpty()) {
                Allowed allowed = translations.request(transaction, at);
                answers.addAll(allowed.outcomes());
                open = allowed.incomplete();
            }
        }
        if (translations.mayBypass()) {
            OutputAccess access = new OutputAccess(request.privileged(), request.instruction());
            answers.add(
                    new AllowedOutcome(endings.bypassedRequest(transaction), access, List.of(), List.of(), Set.of()));
        }
        List<AllowedOutcome> agreeing = answers.stream()
                .filter(answer -> agrees(answer.outcome(), request, reply))
                .toList();
        if (agreeing.isEmpty() && open.isEmpty()) {
            open = translations.brokenRule(transaction, at, true);
        }
        expect(agreeing, transaction, agreeing.isEmpty() || open.isPresent(), at);
        if (!agreeing.isEmpty()) {
            return Verdict.CONFORMS;
        }
        return open.<Verdict>map(Verdict.Indeterminate::new).orElseGet(() -> wrong(answers, request, reply));
    }

    @Rule("A-ATS-06")
    @Rule("A-ATS-09")
    private boolean agrees(TranslationOutcome answer, Request.Dma request, Reply.Dma reply) {
        if (!(answer instanceof AtsAnswer.Completed completed)) {
            return reply.result() == DmaResult.ABORT;
        }
        if (reply.result() != DmaResult.OK || !rights(completed, request, reply)) {
            return false;
        }
        if (completed.permissions().isEmpty()) {
            rules.decided(ANSWERS);
            return true;
        }
        rules.decided(SIZE);
        long address = completed.translation().physicalAddress(request.iova());
        boolean place = reply.pa().isEmpty() || ((reply.pa().get() ^ address) & ~PAGE_OFFSET) == 0;
        return place && reply.size().map(size -> fits(size, completed)).orElse(true);
    }

    private static boolean fits(long size, AtsAnswer.Completed completed) {
        return Long.compareUnsigned(size, SMALLEST) >= 0
                && Long.bitCount(size) == 1
                && Long.compareUnsigned(size - 1, completed.translation().offsetMask()) <= 0;
    }

    /** The rights asked for are granted exactly where they exist; one not asked for may be told or not. */
    private static boolean rights(AtsAnswer.Completed completed, Request.Dma request, Reply.Dma reply) {
        if (reply.permissions().isEmpty()) {
            return true;
        }
        List<Permission> told = reply.permissions().get();
        Set<TranslationOutcome.Permission> granted = completed.permissions();
        boolean none = granted.isEmpty();
        boolean read = told.contains(Permission.READ) == granted.contains(TranslationOutcome.Permission.READ);
        boolean writeAsked = request.access() == org.nestor.protocol.Access.WRITE;
        boolean write = told.contains(Permission.WRITE) == granted.contains(TranslationOutcome.Permission.WRITE)
                || !writeAsked && !none;
        boolean execute = told.contains(Permission.EXEC) == granted.contains(TranslationOutcome.Permission.EXECUTE)
                || !request.instruction() && !none;
        return read && write && execute;
    }

    /** A failing answer may be recorded. */
    @Rule("A-ATS-07")
    private void expect(List<AllowedOutcome> agreeing, Transaction transaction, boolean open, long at) {
        List<ExpectedRecord> alternatives = new ArrayList<>();
        boolean must = !open;
        for (AllowedOutcome outcome : agreeing) {
            Optional<ExpectedRecord> record = outcome.outcome() instanceof AtsAnswer.Failed failed
                    ? endings.record(failed, transaction, outcome.access())
                    : Optional.empty();
            record.ifPresent(alternatives::add);
            must &= record.isPresent();
        }
        if (open) {
            alternatives.add(ExpectedRecord.anything(transaction.streamId(), ANSWERS));
        }
        rules.followed(RECORDED, must);
        if (!alternatives.isEmpty()) {
            events.expect(new Obligation(alternatives, must ? 1 : 0, 1, false, false, at), at);
        }
    }

    private static Verdict wrong(List<AllowedOutcome> answers, Request.Dma request, Reply.Dma reply) {
        Set<String> kinds = new TreeSet<>();
        for (AllowedOutcome answer : answers) {
            kinds.add(answer.outcome() instanceof AtsAnswer.Completed ? "ok" : "abort");
        }
        Finding finding = Finding.of(
                        "translation request answered with " + reply.result().wire() + " where "
                                + String.join(" or ", kinds) + " is allowed",
                        ANSWERS)
                .observed("translation request for " + Hex.of(request.iova()) + " of stream " + Hex.of(request.sid())
                        + ": " + reply);
        for (AllowedOutcome answer : answers) {
            finding.rules(answer.rules()).allowed(describe(answer.outcome(), request));
        }
        return finding.verdict();
    }

    private static String describe(TranslationOutcome answer, Request.Dma request) {
        if (answer instanceof AtsAnswer.Completed completed) {
            return completed.permissions().isEmpty()
                    ? "ok, without a right"
                    : "ok pa " + Hex.of(completed.translation().physicalAddress(request.iova())) + " for "
                            + completed.permissions();
        }
        return "abort (" + Endings.words(((AtsAnswer.Failed) answer).refusal()) + ")";
    }
}
