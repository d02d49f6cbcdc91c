package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.nestor.allowed.AllowedOutcome.HardwareUpdate;
import org.nestor.allowed.MemoryHistory;
import org.nestor.memory.Bytes;
import org.nestor.memory.ExternalAbort;
import org.nestor.oracle.Transactions;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.LittleEndian;
import org.nestor.smmu.transaction.Transaction;

/** Judges DMAs: what the reply tells must be one of the ways in which the DMA may end, and what it leaves is kept in mind. */
final class DmaJudge {
    private static final RuleId NO_STALL_BEFORE = RuleId.of("A-STL-03");
    private static final RuleId PAGE_BY_PAGE = RuleId.of("A-PRM-22");
    private static final RuleId EARLIER_PARTS = RuleId.of("A-TRM-07");

    private final MemoryHistory memory;
    private final LateWrites late;
    private final Translations translations;
    private final BypassRegister bypass;
    private final Events events;
    private final QueueMemory queues;
    private final Stalls stalls;
    private final Commands commands;
    private final Doubts doubts;
    private final DmaMatch match;
    private final DmaFindings findings;
    private final RuleLog rules;

    DmaJudge(
            Platform platform,
            MemoryHistory memory,
            LateWrites late,
            Translations translations,
            BypassRegister bypass,
            Events events,
            QueueMemory queues,
            Stalls stalls,
            Commands commands,
            CommandEffects effects,
            Doubts doubts,
            RuleLog rules) {
        this.memory = memory;
        this.late = late;
        this.translations = translations;
        this.bypass = bypass;
        this.events = events;
        this.queues = queues;
        this.stalls = stalls;
        this.commands = commands;
        this.doubts = doubts;
        this.rules = rules;
        this.match = new DmaMatch(platform, memory);
        this.findings = new DmaFindings(match, effects);
    }

    /** A DMA that is no Translation Request. */
    Verdict judge(Request.Dma request, Reply.Dma reply, long at) {
        Transaction transaction = Transactions.of(request);
        Verdict verdict = presentParts(transaction, request, reply, at)
                .map(agreeing -> followPresent(agreeing, request, reply, at))
                .orElseGet(() -> judge(parts(transaction, request.len(), at), at, request, reply, at));
        if (reply.result() == DmaResult.STALL) {
            boolean twice = !stalls.hold(request, transaction, stag(reply), reply.data(), at);
            if (twice && verdict == Verdict.CONFORMS) {
                return Finding.of("a STAG is given to two stalled transactions", NO_STALL_BEFORE)
                        .observed("STAG " + Hex.of(stag(reply)))
                        .allowed("a STAG that no stalled transaction of the stream has")
                        .verdict();
            }
        }
        return verdict;
    }

    private static int stag(Reply.Dma reply) {
        return reply.stag().orElse(0);
    }

    /** The parts as they end without caches, if the reply agrees with that and it tells all that happened. */
    private Optional<List<Part>> presentParts(Transaction transaction, Request.Dma request, Reply.Dma reply, long at) {
        if (!telling(transaction, request, reply)) {
            return Optional.empty();
        }
        List<Part> agreeing = new ArrayList<>(1);
        for (int from = 0; from < request.len(); ) {
            Transaction part = transaction.withAddress(transaction.address() + from);
            int bytes = Part.firstLength(part.address(), request.len() - from);
            rules.followed(PAGE_BY_PAGE, from > 0);
            Optional<Part> present = translations.present(part, from, bytes, at);
            if (present.isEmpty()) {
                return Optional.empty();
            }
            Part matching = present.get().only(match.matching(present.get(), request, reply));
            if (matching.endings().isEmpty() || silent(matching)) {
                return Optional.empty();
            }
            agreeing.add(matching);
            from += bytes;
        }
        return Optional.of(agreeing);
    }

    /** Whether the part is terminated without a record, where another way to end may leave one. */
    private static boolean silent(Part part) {
        return part.endings().stream()
                .anyMatch(ending ->
                        ending.kind() != Ending.Kind.OK && ending.record().isEmpty());
    }

    /** Whether no other way to end than the one that is expected would have other effects on memory and the same reply. */
    private static boolean telling(Transaction transaction, Request.Dma request, Reply.Dma reply) {
        boolean whole =
                !transaction.isWrite() || request.len() <= Integer.BYTES && transaction.address() % Integer.BYTES == 0;
        boolean onePart = Part.firstLength(transaction.address(), request.len()) == request.len();
        return switch (reply.result()) {
            case OK -> !transaction.isWrite() || onePart && reply.pa().isPresent();
            case ABORT, STALL, RAZWI -> whole && onePart;
            case UNSEEN -> false;
        };
    }

    /** Follows what memory as it is makes the likeliest; all other ways are looked for when event records do not fit it. */
    private Verdict followPresent(List<Part> agreeing, Request.Dma request, Reply.Dma reply, long at) {
        move(agreeing, agreeing, request, reply, true, at);
        Supplier<Obligation.Alternatives> rest = () -> alternatives(agreeingParts(request, reply, at), reply, at);
        expect(agreeing, reply, true, Optional.of(rest), at);
        return Verdict.CONFORMS;
    }

    private List<Part> agreeingParts(Request.Dma request, Reply.Dma reply, long begin) {
        return agreeing(parts(Transactions.of(request), request.len(), begin), request, reply);
    }

    private List<Part> agreeing(List<Part> parts, Request.Dma request, Reply.Dma reply) {
        List<Part> agreeing = new ArrayList<>(parts.size());
        for (Part part : parts) {
            agreeing.add(part.only(match.matching(part, request, reply)));
        }
        return agreeing;
    }

    private static boolean conforms(List<Part> agreeing, Reply.Dma reply) {
        boolean all = reply.result() == DmaResult.OK || reply.result() == DmaResult.RAZWI;
        return all
                ? agreeing.stream().noneMatch(part -> part.endings().isEmpty()) && hasKind(agreeing, reply)
                : agreeing.stream().anyMatch(part -> !part.endings().isEmpty());
    }

    /** The parts of a DMA, none of which crosses a 4 KiB boundary. */
    @Rule("A-PRM-22")
    List<Part> parts(Transaction transaction, int length, long begin) {
        int first = Part.firstLength(transaction.address(), length);
        if (first == length) {
            return List.of(translations.part(transaction, 0, length, begin));
        }
        rules.decided(PAGE_BY_PAGE);
        List<Part> parts = new ArrayList<>();
        for (int from = 0; from < length; ) {
            Transaction part = transaction.withAddress(transaction.address() + from);
            int bytes = Part.firstLength(part.address(), length - from);
            parts.add(translations.part(part, from, bytes, begin));
            from += bytes;
        }
        return parts;
    }

    /**
     * Judges the reply by the ways in which the parts may end, and follows what it shows.
     *
     * @param begin the instant at which the DMA may have begun
     */
    private Verdict judge(List<Part> parts, long begin, Request.Dma request, Reply.Dma reply, long at) {
        return judge(parts, begin, request, reply, true, at);
    }

    /** Judges the end of a stalled DMA, whose event records are expected since it was answered. */
    Verdict judgeEnd(List<Part> parts, long begin, Request.Dma request, Reply.Dma reply, long at) {
        return judge(parts, begin, request, reply, false, at);
    }

    private Verdict judge(
            List<Part> parts, long begin, Request.Dma request, Reply.Dma reply, boolean recorded, long at) {
        List<Part> sure = agreeing(parts, request, reply);
        boolean landed = !conforms(sure, reply) && stalls.land(at);
        List<Part> agreeing = landed ? agreeing(parts, request, reply) : sure;
        boolean conforms = conforms(agreeing, reply) || reply.result() == DmaResult.UNSEEN && parts.size() > 1;
        Optional<String> open = parts.stream()
                .flatMap(part -> part.open().stream())
                .findFirst()
                .or(() -> open(parts, agreeing, begin, request, reply));
        Optional<String> unknown = open.or(queues::unknown);
        boolean certain = conforms && open.isEmpty();
        move(conforms ? agreeing : parts, parts, request, reply, certain, at);
        if (recorded) {
            expect(conforms ? passed(agreeing, parts, reply) : parts, reply, certain, Optional.empty(), at);
        }
        if (conforms) {
            return Verdict.CONFORMS;
        }
        return unknown.<Verdict>map(Verdict.Indeterminate::new)
                .orElseGet(() -> findings.of(parts, request, reply, stale(parts, agreeing, begin, request, reply)));
    }

    /** A part that is terminated as RAZ/WI leaves a record and lets the DMA go on, which then ends by a later part. */
    @Rule("A-TRM-07")
    private List<Part> passed(List<Part> agreeing, List<Part> parts, Reply.Dma reply) {
        boolean goesOn = parts.size() > 1 && (reply.result() == DmaResult.ABORT || reply.result() == DmaResult.STALL);
        if (!goesOn) {
            return agreeing;
        }
        rules.decided(EARLIER_PARTS);
        List<Part> passed = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            List<Ending> endings = new ArrayList<>(agreeing.get(i).endings());
            endings.addAll(parts.get(i).of(Ending.Kind.RAZ_WI));
            passed.add(parts.get(i).only(endings));
        }
        return passed;
    }

    /** Why something else than the allowed ways to end may be right too; looked for where it matters. */
    private Optional<String> open(
            List<Part> parts, List<Part> agreeing, long begin, Request.Dma request, Reply.Dma reply) {
        boolean terminated = reply.result() != DmaResult.OK && reply.result() != DmaResult.STALL;
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            Optional<String> reason = Optional.empty();
            if (agreeing.get(i).endings().isEmpty()) {
                reason = translations.excuse(
                        part.transaction(),
                        part.length(),
                        begin,
                        ending -> !match.matching(part.only(List.of(ending)), request, reply)
                                .isEmpty(),
                        terminated);
            } else if (terminated && part.endings().size() > 1) {
                reason = translations.brokenRule(part.transaction(), begin, true);
            }
            if (reason.isPresent()) {
                return reason;
            }
        }
        return Optional.empty();
    }

    /** How a part that ended as none of the allowed ways did so by what it should not know any more. */
    private Optional<Ending> stale(
            List<Part> parts, List<Part> agreeing, long begin, Request.Dma request, Reply.Dma reply) {
        for (int i = 0; i < parts.size(); i++) {
            Part part = parts.get(i);
            if (agreeing.get(i).endings().isEmpty()) {
                return translations.stale(
                        part.transaction(),
                        part.length(),
                        begin,
                        ending -> !match.matching(part.only(List.of(ending)), request, reply)
                                .isEmpty());
            }
        }
        return Optional.empty();
    }

    /** A RAZ/WI reply needs a part that ends so. */
    private static boolean hasKind(List<Part> parts, Reply.Dma reply) {
        return reply.result() != DmaResult.RAZWI
                || parts.stream().anyMatch(part -> !part.of(Ending.Kind.RAZ_WI).isEmpty());
    }

    /**
     * Keeps in mind what the DMA did or may have done.
     *
     * @param agreeing the parts with the endings that agree with the reply
     * @param certain whether the reply was one of those that are known
     */
    private void move(
            List<Part> agreeing, List<Part> parts, Request.Dma request, Reply.Dma reply, boolean certain, long at) {
        for (int i = 0; i < agreeing.size(); i++) {
            boolean done = reply.result() == DmaResult.OK || reply.result() == DmaResult.RAZWI;
            // Where the DMA ends early, the parts before may have ended in a way that the reply does not show.
            Part part = done || agreeing.size() == 1 ? agreeing.get(i) : parts.get(i);
            updates(part, at);
            if (part.transaction().isWrite()) {
                write(done ? part : parts.get(i), request, reply, certain && done, at);
            }
        }
        if (certain && agreeing.size() == 1 && !translations.mayTranslate()) {
            bypassed(agreeing.get(0), parts.get(0));
        }
    }

    /** Tells of GBPA.ABORT, where the address did not decide how the access ends. */
    private void bypassed(Part agreeing, Part part) {
        List<Ending> passing = part.of(Ending.Kind.OK);
        if (!passing.isEmpty() && passing.stream().noneMatch(ending -> match.device(ending.physicalAddress()))) {
            bypass.shows(agreeing.of(Ending.Kind.OK).isEmpty());
        }
    }

    private void updates(Part part, long at) {
        for (Ending ending : part.endings()) {
            for (HardwareUpdate update : ending.updates()) {
                late.mayWrite(update.address(), LittleEndian.bytes(update.value()), at);
            }
        }
    }

    private void write(Part part, Request.Dma request, Reply.Dma reply, boolean certain, long at) {
        Optional<Bytes> written = request.data().or(reply::data);
        List<Ending> landing = part.of(Ending.Kind.OK);
        if (written.isEmpty()) {
            if (!landing.isEmpty() || !certain) {
                doubts.raise(Doubts.Area.EVERYTHING, "a write of unknown data may have reached memory");
            }
            return;
        }
        byte[] data = DmaMatch.slice(part, written.get());
        if (!certain && part.from() == 0 && reply.pa().isPresent()) {
            mayWrite(reply.pa().get(), data, at);
        }
        boolean one = certain && landing.size() == 1 && part.endings().size() == 1;
        for (Ending ending : landing) {
            if (match.device(ending.physicalAddress())) {
                continue;
            }
            if (one && !memory.changedSince(ending.physicalAddress(), data.length, part.begin())) {
                memory.write(ending.physicalAddress(), data, at);
                commands.memoryWritten(ending.physicalAddress(), data.length, at);
                events.memoryWritten(ending.physicalAddress(), data.length);
            } else {
                mayWrite(ending.physicalAddress(), data, at);
            }
        }
    }

    private void mayWrite(long address, byte[] data, long at) {
        try {
            memory.mayWrite(address, data, at);
            commands.memoryWritten(address, data.length, at);
            events.memoryWritten(address, data.length);
        } catch (ExternalAbort outside) {
            doubts.raise(
                    Doubts.Area.EVERYTHING,
                    "a write is said to have reached " + Hex.of(address) + ", where there is no memory");
        }
    }

    /** A stalled write may be performed before its end is seen: tells memory of what it then may hold. */
    void mayHaveLanded(Transaction transaction, Bytes data, long begin, long at) {
        for (Part part : parts(transaction, data.length(), begin)) {
            for (Ending ending : part.of(Ending.Kind.OK)) {
                if (!match.device(ending.physicalAddress())) {
                    mayWrite(ending.physicalAddress(), DmaMatch.slice(part, data), at);
                }
            }
        }
    }

    /** The event records that the DMA may, or must, have left. */
    @Rule("A-TRM-07")
    @Rule("A-EVQ-10")
    private void expect(
            List<Part> parts,
            Reply.Dma reply,
            boolean certain,
            Optional<Supplier<Obligation.Alternatives>> rest,
            long at) {
        Obligation.Alternatives known = known(parts, reply);
        List<ExpectedRecord> records = known.records();
        boolean untouched = reply.result() == DmaResult.OK && parts.size() == 1;
        if (!certain && !untouched) {
            records = new ArrayList<>(records);
            records.add(ExpectedRecord.anything(parts.get(0).transaction().streamId(), NO_STALL_BEFORE));
        }
        if (records.isEmpty()) {
            return;
        }
        boolean stall = reply.result() == DmaResult.STALL;
        boolean asked = certain
                && known.must()
                && !(stall && stalls.mayGoUnrecorded(parts.get(0).transaction()));
        boolean mergeable = !stall && parts.stream().anyMatch(DmaJudge::mergeable);
        int pieces = parts.stream().mapToInt(Part::pieces).sum();
        Obligation obligation =
                new Obligation(records, asked ? 1 : 0, stall && parts.size() == 1 ? 1 : pieces, mergeable, stall, at);
        rest.ifPresent(obligation::withRest);
        if (stall) {
            obligation.withReplacements(pieces);
        }
        if (stall && stalls.mayWait()) {
            obligation.waitForOthers();
        }
        events.expect(obligation, at);
    }

    private static boolean mergeable(Part part) {
        return part.endings().stream().anyMatch(Ending::mergeable);
    }

    private static Obligation.Alternatives known(List<Part> parts, Reply.Dma reply) {
        List<ExpectedRecord> records = new ArrayList<>(1);
        boolean must = true;
        for (Part part : parts) {
            for (Ending ending : part.endings()) {
                if (ending.record().isPresent()) {
                    ExpectedRecord record = withStag(ending.record().get(), reply);
                    if (!records.contains(record)) {
                        records.add(record);
                    }
                } else if (ending.kind() != Ending.Kind.OK || parts.size() == 1) {
                    must = false;
                }
            }
        }
        return new Obligation.Alternatives(records, must);
    }

    /** All records that there may be, found out later than the DMA. */
    private Obligation.Alternatives alternatives(List<Part> parts, Reply.Dma reply, long begin) {
        Obligation.Alternatives known = known(parts, reply);
        boolean open = parts.stream()
                .anyMatch(part -> part.open().isPresent()
                        || translations
                                .brokenRule(part.transaction(), begin, true)
                                .isPresent());
        if (!open) {
            return known;
        }
        List<ExpectedRecord> records = new ArrayList<>(known.records());
        records.add(ExpectedRecord.anything(parts.get(0).transaction().streamId(), NO_STALL_BEFORE));
        return new Obligation.Alternatives(records, false);
    }

    private static ExpectedRecord withStag(ExpectedRecord record, Reply.Dma reply) {
        return record.stall() ? record.withStag(reply.stag().orElse(0)) : record;
    }
}
