package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.EVENT_QUEUE;
import static org.nestor.bugs.BugComponent.EVENT_RECORD;
import static org.nestor.bugs.Difficulty.EASY;
import static org.nestor.bugs.Difficulty.HARD;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.event.AcknowledgedByReading;
import org.nestor.bugs.event.BlankRecords;
import org.nestor.bugs.event.FetchAddressMisplaced;
import org.nestor.bugs.event.NoIntermediateAddress;
import org.nestor.bugs.event.OverflowAsAbort;
import org.nestor.bugs.event.RecordsBehindIndex;
import org.nestor.bugs.event.RemainsOfRecords;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.format.EventType;

/** Event records and the event queue. */
final class EventBugs {

    private EventBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.of(
                        "D-36",
                        EVENT_RECORD,
                        EASY,
                        "The fields of an event record are computed and not stored.",
                        "Drivers: faults arrive as records of zeros.",
                        ReplacedPart.eventComposer(BlankRecords::new),
                        "A-FLT-22"),
                SeededBug.of(
                        "D-37",
                        EVENT_RECORD,
                        EASY,
                        "A record of a stage 2 fault has IPA zero.",
                        "Hypervisors: which page of the guest faulted cannot be told.",
                        ReplacedPart.eventComposer(NoIntermediateAddress::new),
                        "A-FLT-08"),
                SeededBug.of(
                        "D-38",
                        EVENT_RECORD,
                        MEDIUM,
                        "Bits that a record does not define keep what the record before had there.",
                        "Confidentiality: what one device did is seen by the owner of another.",
                        ReplacedPart.eventComposer(RemainsOfRecords::new),
                        "A-FLT-22"),
                SeededBug.of(
                        "D-39",
                        EVENT_RECORD,
                        MEDIUM,
                        "The fetch address of F_STE_FETCH is written where the input address of other records is.",
                        "Drivers: the broken table address cannot be told.",
                        ReplacedPart.eventComposer(rules -> new FetchAddressMisplaced(EventType.F_STE_FETCH, rules)),
                        "A-SID-08",
                        "A-FLT-22"),
                SeededBug.of(
                        "D-40",
                        EVENT_RECORD,
                        MEDIUM,
                        "The fetch address of F_CD_FETCH is written where the input address of other records is.",
                        "Drivers: the broken table address cannot be told.",
                        ReplacedPart.eventComposer(rules -> new FetchAddressMisplaced(EventType.F_CD_FETCH, rules)),
                        "A-CDF-03",
                        "A-FLT-22"),
                SeededBug.of(
                        "D-41",
                        EVENT_QUEUE,
                        MEDIUM,
                        "A record that a full event queue loses is reported as GERROR.EVENTQ_ABT_ERR and not by OVFLG.",
                        "Drivers: an overflow looks like broken memory, and stops the queue.",
                        ReplacedPart.eventQueue(OverflowAsAbort::new),
                        "A-EVQ-03",
                        "A-EVQ-13"),
                SeededBug.of(
                        "D-42",
                        EVENT_QUEUE,
                        HARD,
                        "Any change of EVENTQ_CONS is taken as the acknowledgement of an overflow, whatever OVACKFLG says.",
                        "Drivers: a second overflow makes the first look acknowledged, and both go unseen.",
                        ReplacedPart.eventOverflow(AcknowledgedByReading::new),
                        "A-EVQ-04",
                        "A-EVQ-05"),
                SeededBug.of(
                        "D-43",
                        EVENT_QUEUE,
                        HARD,
                        "EVENTQ_PROD is published before the record has arrived in memory.",
                        "Drivers: an old record is taken for the new fault.",
                        policies -> new RecordsBehindIndex(new CachedTranslation(policies)),
                        "A-EVQ-02"));
    }
}
