package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.STREAM_TABLE;
import static org.nestor.bugs.Difficulty.EASY;
import static org.nestor.bugs.Difficulty.HARD;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.stream.EntriesForStreams;
import org.nestor.bugs.stream.FourBitSpan;
import org.nestor.bugs.stream.HalfAlignedTable;
import org.nestor.bugs.stream.LimitOfImplementation;
import org.nestor.bugs.stream.LooseTableBase;
import org.nestor.bugs.stream.NarrowLimit;
import org.nestor.bugs.stream.VmidOfSecondDoubleword;

/** From StreamID to STE. */
final class StreamTableBugs {

    private StreamTableBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.of(
                        "D-01",
                        STREAM_TABLE,
                        EASY,
                        "A StreamID is checked against the implementation limit alone, and one too many passes, so that a smaller LOG2SIZE is no limit.",
                        "Isolation: a device outside the table is let through by whatever lies behind the table in memory.",
                        ReplacedTranslation.streamTable(LimitOfImplementation::new),
                        "A-SID-01"),
                SeededBug.of(
                        "D-02",
                        STREAM_TABLE,
                        MEDIUM,
                        "Four of the five bits of L1STD.Span are read, so that reserved values from 16 on look like small tables.",
                        "Isolation: a block of StreamIDs that has no level 2 table is translated by what the pointer happens to hold.",
                        ReplacedTranslation.streamTable(FourBitSpan::new),
                        "A-SID-05"),
                SeededBug.of(
                        "D-03",
                        STREAM_TABLE,
                        MEDIUM,
                        "STE.S2VMID is taken from the second doubleword in place of the third.",
                        "Isolation between virtual machines: streams of different VMIDs share TLB entries, and TLBI by VMID misses.",
                        ReplacedTranslation.streamDecoder(VmidOfSecondDoubleword::new),
                        "A-RGM-05",
                        "C-KEY-01"),
                SeededBug.of(
                        "D-04",
                        STREAM_TABLE,
                        MEDIUM,
                        "STRTAB_BASE is masked wrongly: the RA bit becomes part of a linear table's address, and a 2-level table loses address bits [51:48].",
                        "Drivers that set RA, or whose tables lie above 2^48: every stream faults or gets a foreign STE.",
                        ReplacedTranslation.streamTable(LooseTableBase::new),
                        "A-SID-02"),
                SeededBug.of(
                        "D-05",
                        STREAM_TABLE,
                        MEDIUM,
                        "LOG2SIZE of a 2-level table is taken to count its L1STDs and not StreamIDs.",
                        "Isolation: StreamIDs beyond the table are looked up in memory behind it.",
                        ReplacedTranslation.streamTable(EntriesForStreams::new),
                        "A-SID-01"),
                SeededBug.of(
                        "D-06",
                        STREAM_TABLE,
                        HARD,
                        "The limit of the table is computed in 32 bits, where 2^32 becomes 1.",
                        "Systems with 32-bit StreamIDs: every device but the first is refused.",
                        ReplacedTranslation.streamTable(NarrowLimit::new),
                        "A-SID-01"),
                SeededBug.of(
                        "D-07",
                        STREAM_TABLE,
                        HARD,
                        "The base of the stream table is aligned to half the size of the table.",
                        "Drivers whose table is not aligned: STEs are read from the wrong half of the table.",
                        ReplacedTranslation.streamTable(HalfAlignedTable::new),
                        "A-SID-02"));
    }
}
