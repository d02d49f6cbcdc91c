package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.INVALIDATION_SCOPE;
import static org.nestor.bugs.BugComponent.STAGE_2;
import static org.nestor.bugs.BugComponent.TLB_TAG;
import static org.nestor.bugs.Difficulty.EASY;
import static org.nestor.bugs.Difficulty.HARD;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.tlb.AliasedHalves;
import org.nestor.bugs.tlb.AsidKept;
import org.nestor.bugs.tlb.BlendedRights;
import org.nestor.bugs.tlb.FirstPageOfBlock;
import org.nestor.bugs.tlb.GranuleCodeAsShift;
import org.nestor.bugs.tlb.MaskedRange;
import org.nestor.bugs.tlb.OffsetInEntry;
import org.nestor.bugs.tlb.UnequalPagesKept;

/** What the TLB remembers, matches and removes. */
final class TlbBugs {

    private TlbBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.of(
                        "D-15",
                        STAGE_2,
                        MEDIUM,
                        "An entry holds the address of the access that made it, offset included, in place of the page.",
                        "Every device: a later access to the page lands beside its target.",
                        ReplacedCache.reader(OffsetInEntry::new),
                        "C-TLB-01"),
                SeededBug.of(
                        "D-17",
                        STAGE_2,
                        HARD,
                        "A combined entry holds what both stages grant together, so that on a hit a denial by stage 2 looks like one by stage 1.",
                        "Hypervisors: faults of their own mappings reach the guest as if they were its own, without the IPA.",
                        ReplacedCache.reader(BlendedRights::new),
                        "A-PRM-19",
                        "A-FLT-13"),
                SeededBug.of(
                        "D-19",
                        INVALIDATION_SCOPE,
                        EASY,
                        "CMD_TLBI_NH_ASID does not reach the cache of leaves.",
                        "Isolation: an address space that was torn down stays reachable.",
                        ReplacedCache.invalidationRules(AsidKept::new),
                        "C-CMP-02"),
                SeededBug.of(
                        "D-20",
                        TLB_TAG,
                        MEDIUM,
                        "An entry matches the address in its low 48 bits only, so that one of TT0 and one of TT1 are not told apart.",
                        "Isolation between the two halves of an address space: one gets the pages of the other.",
                        ReplacedCache.reader(AliasedHalves::new),
                        "A-RGM-08",
                        "C-TLB-01"),
                SeededBug.of(
                        "D-21",
                        INVALIDATION_SCOPE,
                        MEDIUM,
                        "The code of the granule is taken for log2 of its size, so that a range invalidation covers some bytes.",
                        "Isolation: of a range that was unmapped only the first page is dropped.",
                        ReplacedCache.coveredRange(GranuleCodeAsShift::new),
                        "C-RIL-02"),
                SeededBug.of(
                        "D-22",
                        INVALIDATION_SCOPE,
                        MEDIUM,
                        "A range whose number of pages is no power of two is turned into an address mask, which has holes.",
                        "Isolation: some pages of a range that was unmapped stay reachable.",
                        ReplacedCache.coveredRange(MaskedRange::ofOtherLengths),
                        "C-RIL-02"),
                SeededBug.of(
                        "D-23",
                        INVALIDATION_SCOPE,
                        MEDIUM,
                        "A range of a power of two pages is compared under a mask, which is right only if the range is aligned to its own size.",
                        "Isolation: of a range that begins anywhere else only the first page is dropped.",
                        ReplacedCache.coveredRange(MaskedRange::ofPowersOfTwo),
                        "C-RIL-02",
                        "C-RIL-09"),
                SeededBug.of(
                        "D-24",
                        INVALIDATION_SCOPE,
                        HARD,
                        "A walk that began before an invalidation fills the TLB after the CMD_SYNC that completed it.",
                        "Isolation: a page that was unmapped and invalidated becomes reachable again.",
                        ReplacedCache.walkAcrossSync(),
                        "C-CMP-02"),
                SeededBug.of(
                        "D-25",
                        INVALIDATION_SCOPE,
                        HARD,
                        "Invalidation by address overlooks combined entries whose stages have pages of different sizes.",
                        "Isolation within virtual machines with huge pages: a page that the guest unmapped stays reachable.",
                        ReplacedCache.invalidationRules(UnequalPagesKept::new),
                        "C-INV-01",
                        "C-INV-05"),
                SeededBug.of(
                        "D-27",
                        INVALIDATION_SCOPE,
                        HARD,
                        "An invalidation of one address removes only what begins at that address, and so no block by an address in its middle.",
                        "Isolation: a block that was unmapped stays reachable.",
                        ReplacedCache.coveredRange(FirstPageOfBlock::new),
                        "C-INV-01"));
    }
}
