package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.PERMISSION;
import static org.nestor.bugs.BugComponent.STAGE_1;
import static org.nestor.bugs.BugComponent.STAGE_2;
import static org.nestor.bugs.Difficulty.EASY;
import static org.nestor.bugs.Difficulty.HARD;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.walk.FirstTableOnly;
import org.nestor.bugs.walk.NoAccessFlag;
import org.nestor.bugs.walk.ReadableOnHit;
import org.nestor.bugs.walk.TaggedEntries;
import org.nestor.bugs.walk.UncutTablePointer;
import org.nestor.bugs.walk.UnheededContextFault;
import org.nestor.bugs.walk.ZeroUpperBits;

/** Stage 1, stage 2 and their permissions. */
final class WalkBugs {

    private WalkBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.of(
                        "D-10",
                        STAGE_1,
                        EASY,
                        "TT1 serves addresses whose upper bits are zero in place of one.",
                        "Drivers that use the upper half of the address space: every address there faults.",
                        ReplacedTranslation.inputRange(ZeroUpperBits::new),
                        "A-ADR-03"),
                SeededBug.of(
                        "D-11",
                        STAGE_1,
                        MEDIUM,
                        "With 16 KiB tables, bits [13:12] of a table descriptor are kept as bits of the next table's address.",
                        "Systems with 16 KiB pages whose software uses the ignored bits: the walk reads a wrong descriptor.",
                        ReplacedTranslation.stage1Walk(UncutTablePointer::new),
                        "A-WLK-02"),
                SeededBug.of(
                        "D-12",
                        STAGE_1,
                        HARD,
                        "With top byte ignore, a translation is filed under the tagged address, which an invalidation by the untagged address does not find.",
                        "Isolation: a page that was unmapped and invalidated stays reachable through a tagged address.",
                        ReplacedTranslation.inputRange(TaggedEntries::new),
                        "C-INV-16",
                        "A-ADR-01"),
                SeededBug.of(
                        "D-13",
                        PERMISSION,
                        EASY,
                        "AF = 0 in a stage 1 leaf is ignored.",
                        "Drivers that track accesses: the first access to a page goes unnoticed.",
                        ReplacedTranslation.stage1Walk(NoAccessFlag::new),
                        "A-AFD-01"),
                SeededBug.of(
                        "D-14",
                        PERMISSION,
                        HARD,
                        "A stage 2 leaf that is remembered is checked for writes only; reads always pass.",
                        "Isolation: a write-only page can be read once a write has brought it into the TLB.",
                        ReplacedTranslation.stage2Walk(ReadableOnHit::new),
                        "A-PRM-16"),
                SeededBug.of(
                        "D-16",
                        STAGE_2,
                        MEDIUM,
                        "A stage 2 fault on the address of a CD is ignored, and the walk goes on with an address that is none.",
                        "Isolation: the CD of a virtual machine is read from host memory, and the hypervisor learns of no fault.",
                        ReplacedTranslation.nestedAccess(UnheededContextFault::new),
                        "A-CDF-04",
                        "A-CDF-06"),
                SeededBug.of(
                        "D-18",
                        STAGE_2,
                        HARD,
                        "Of concatenated start level tables of stage 2, every IPA goes through the first.",
                        "Isolation: the upper part of a virtual machine's address space is mapped onto the lower.",
                        ReplacedTranslation.stage2Walk(FirstTableOnly::new),
                        "A-WLK-03"));
    }
}
