package org.nestor.reports;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Results to render and to write. */
public final class Results {
    private Results() {}

    /** A campaign on QEMU that found two causes, one of them declared. */
    public static CampaignResult realistic() {
        return result(List.of(stale("D-001", 17, Optional.empty()), stale("D-002", 303, Optional.of(known()))));
    }

    /** The same campaign, without a divergence. */
    public static CampaignResult clean() {
        return result(List.of());
    }

    /** As many causes as asked for. */
    public static CampaignResult withDivergences(int count) {
        return result(IntStream.rangeClosed(1, count)
                .mapToObj(i ->
                        stale("D-%03d".formatted(i), i, Optional.of(known()).filter(known -> i % 3 == 0)))
                .toList());
    }

    /** A campaign whose every text is this one, wherever a text may stand. */
    public static CampaignResult saying(String text) {
        Divergence divergence = new Divergence(
                text,
                text,
                List.of(text),
                text,
                text,
                List.of(text),
                1,
                2,
                "a b/" + fileName(text),
                fileName(text),
                Arrays.stream(Actor.values())
                        .map(actor -> new Step(
                                actor, Optional.of(Actor.SMMU), Optional.of(text), text, OptionalInt.of(3), true))
                        .toList(),
                Optional.of(Ending.HUNG),
                List.of(text),
                Optional.of(text),
                Optional.of(new Declaration(text, text)));
        Sut sut = new Sut(
                text,
                text,
                OptionalInt.of(1),
                List.of(text),
                List.of(),
                List.of(1L),
                new TreeMap<>(Map.of(text, 1L)),
                OptionalInt.empty());
        return new CampaignResult(
                1,
                sut,
                7,
                Instant.parse("2026-03-01T10:00:00Z"),
                61.25,
                10,
                100,
                new Verdicts(1, 2, 3, 4),
                new TreeMap<>(Map.of(text, 0L, "A-STE-01", 0L)),
                List.of(divergence),
                Optional.of(new Setup(text, text, Optional.of(text), 2)),
                List.of(text),
                Optional.of(new SelfTest(text, text, true, 3)),
                new TreeMap<>(Map.of(
                        text,
                        new RuleDetail(text, text, Optional.of(text), Optional.of(text), Optional.of(text)),
                        "A-STE-01",
                        RuleDetail.of(text, text))),
                List.of(new Undecided(text, 3)),
                new TreeMap<>(Map.of(text, 7L)));
    }

    private static String fileName(String text) {
        return "x" + text.replaceAll("[/\\\\]", "_");
    }

    private static Declaration known() {
        return new Declaration("K-07", "The device ignores CFGI_STE for a StreamID that it has not seen before.");
    }

    private static CampaignResult result(List<Divergence> divergences) {
        Sut sut = new Sut(
                "qemu",
                "10.0.2",
                OptionalInt.of(1),
                List.of("irqs", "resetIdr"),
                List.of(new Sut.Window(0x4000_0000L, 0x1000_0000L, false)),
                List.of(0x10L, 0x18L),
                new TreeMap<>(Map.of("IDR0", 0x0d5c_140fL, "IDR1", 0x0e73_0708L, "IDR5", -1L)),
                OptionalInt.of(4096));
        TreeMap<String, Long> rules = new TreeMap<>(Map.of(
                "A-STE-01",
                12L,
                "A-STE-02",
                0L,
                "C-TLB-05",
                1_234_567L,
                "A-PRI-01",
                0L,
                "A-GER-08",
                0L,
                "A-SYN-13",
                0L));
        TreeMap<String, RuleDetail> details = new TreeMap<>(Map.of(
                "A-STE-01", RuleDetail.of("5.2.2", "STE.V = 0 aborts with C_BAD_STE."),
                "A-STE-02", RuleDetail.of("5.2.2", "STE.Config = 0b000 aborts without an event."),
                "C-TLB-05", RuleDetail.of("3.13", "A stale word may be used until a completed invalidation covers it."),
                "A-PRI-01", RuleDetail.of("8.1", "A page request is queued.").notApplicableBecause("IDR0.PRI = 0"),
                "A-GER-08", RuleDetail.of("7.5", "Service failure mode.").notModelledBecause("It cannot happen."),
                "A-SYN-13",
                        RuleDetail.of("4.7.3", "Commands behind a CMD_SYNC wait.")
                                .notWatchedBecause("nothing counts its decisions")));
        return new CampaignResult(
                1,
                sut,
                42,
                Instant.parse("2026-03-01T10:00:00Z"),
                600.5,
                48_230,
                1_204_331,
                new Verdicts(1_204_000, divergences.isEmpty() ? 0 : 320, 9, divergences.isEmpty() ? 0 : 2),
                rules,
                divergences,
                Optional.of(new Setup(
                        "0.1.0", "nestor campaign --sut qemu --seed 42 --scenarios 48230", Optional.empty(), 2)),
                List.of("stage 1 and stage 2", "2-level stream table", "44-bit output"),
                Optional.of(
                        new SelfTest("D-07", "takes a level 2 stream table to be twice as long as it is", true, 12)),
                details,
                List.of(new Undecided("more than 4096 choices of stale words", 9)),
                new TreeMap<>(Map.of("DMA: ok", 312_004L, "event: F_TRANSLATION, stage 2, TT", 3L)));
    }

    private static Divergence stale(String id, long count, Optional<Declaration> declaration) {
        return new Divergence(
                id,
                "a moved page is still reached after its invalidation",
                List.of("C-TLB-05", "A-STE-01"),
                "{\"op\":\"dma\",\"sid\":\"0x10\",\"iova\":\"0x80201000\",\"access\":\"read\"}",
                "{\"result\":\"ok\",\"pa\":\"0x40800000\",\"data\":\"00000000\"}",
                List.of("ok at pa 0x40900000"),
                count,
                -3,
                id + ".scenario.jsonl",
                id + ".trace.jsonl",
                List.of(
                        new Step(
                                Actor.SOFTWARE,
                                Optional.of(Actor.MEMORY),
                                Optional.of("map 0x80201000"),
                                "maps the page 0x80201000 to 0x40800000",
                                OptionalInt.of(14),
                                false),
                        new Step(
                                Actor.DEVICE,
                                Optional.of(Actor.SMMU),
                                Optional.of("read 0x80201000"),
                                "reads 4 bytes at 0x80201000: 0x40800000 is reached",
                                OptionalInt.of(15),
                                false),
                        new Step(
                                Actor.SMMU,
                                Optional.of(Actor.MEMORY),
                                Optional.of("walk"),
                                "reads the four descriptors",
                                OptionalInt.empty(),
                                false),
                        new Step(
                                Actor.SOFTWARE,
                                Optional.of(Actor.MEMORY),
                                Optional.of("move to 0x40900000"),
                                "moves the page to 0x40900000",
                                OptionalInt.of(16),
                                false),
                        new Step(
                                Actor.SOFTWARE,
                                Optional.of(Actor.SMMU),
                                Optional.of("TLBI_NH_VA, SYNC"),
                                "invalidates the address and waits for CMD_SYNC",
                                OptionalInt.of(17),
                                false),
                        new Step(
                                Actor.SMMU,
                                Optional.empty(),
                                Optional.of("entry dropped"),
                                "must have removed its entry",
                                OptionalInt.empty(),
                                false),
                        new Step(
                                Actor.DEVICE,
                                Optional.of(Actor.SMMU),
                                Optional.of("read 0x80201000"),
                                "reads 4 bytes at 0x80201000: 0x40800000 is still reached",
                                OptionalInt.of(18),
                                true)),
                Optional.empty(),
                List.of(
                        "The descriptor at 0x41002008 held 0x40800f43 until line 16.",
                        "CMD_TLBI_NH_VA and the CMD_SYNC of line 17 closed that value, so only 0x40900f43 may be used on line 18."),
                Optional.of("nestor run --sut qemu " + id + ".scenario.jsonl"),
                declaration);
    }
}
