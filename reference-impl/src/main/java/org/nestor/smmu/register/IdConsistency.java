package org.nestor.smmu.register;

import java.util.List;
import java.util.function.Predicate;

/** The combinations of ID register values that the architecture rules out or the model has no meaning for. */
final class IdConsistency {

    private static final int MAX_LOG2_QUEUE = 19;

    /**
     * One impossibility.
     *
     * @param holds true where the ID registers break the requirement
     * @param sentence what is wrong and what is required
     */
    private record Conflict(Predicate<IdRegisters> holds, String sentence) {}

    private static final List<Conflict> CONFLICTS = List.of(
            new Conflict(
                    id -> !id.s1p() && !id.s2p(), "IDR0.S1P and IDR0.S2P are both 0: at least one stage is required"),
            new Conflict(
                    id -> !id.gran4k() && !id.gran16k() && !id.gran64k(),
                    "IDR5 names no granule: at least one of GRAN4K, GRAN16K and GRAN64K is required"),
            new Conflict(
                    id -> id.ttf() != 2,
                    "IDR0.TTF is not 10: AArch32 tables (01, 11) are not modelled, and 00 is reserved"),
            new Conflict(id -> id.pri() && !id.ats(), "IDR0.PRI is 1 without IDR0.ATS: PRI requires ATS"),
            new Conflict(
                    id -> id.stallModel() == 1 && id.stallMax() != 0,
                    "IDR0.STALL_MODEL is 01 (terminate only) and IDR5.STALL_MAX is not 0: nothing can stall"),
            new Conflict(
                    id -> id.stallModel() != 1 && id.stallMax() == 0,
                    "IDR0.STALL_MODEL allows stalls and IDR5.STALL_MAX is 0: at least one stall is required"),
            new Conflict(id -> id.stallModel() == 3, "IDR0.STALL_MODEL is 11, which is reserved"),
            new Conflict(id -> id.ttendian() == 1, "IDR0.TTENDIAN is 01, which is reserved"),
            new Conflict(id -> id.httu() == 3, "IDR0.HTTU is 11, which is reserved before SMMUv3.4"),
            new Conflict(id -> id.stLevel() > 1, "IDR0.ST_LEVEL is 10 or 11, which are reserved"),
            new Conflict(
                    id -> id.sidSize() > 6 && id.stLevel() == 0,
                    "IDR1.SIDSIZE is more than 6 and IDR0.ST_LEVEL is 00: more than 64 streams require 2-level tables"),
            new Conflict(id -> id.sidSize() > 32, "IDR1.SIDSIZE is more than 32, the width of a StreamID"),
            new Conflict(id -> id.ssidSize() > 20, "IDR1.SSIDSIZE is more than 20, the width of a SubstreamID"),
            new Conflict(
                    id -> id.cmdqs() > MAX_LOG2_QUEUE || id.eventqs() > MAX_LOG2_QUEUE || id.priqs() > MAX_LOG2_QUEUE,
                    "IDR1.CMDQS, EVENTQS or PRIQS is more than 19: a queue has at most 2^19 entries"),
            new Conflict(
                    id -> id.atLeastV3(2) && !id.ril(),
                    "AIDR names SMMUv3.2 or later and IDR3.RIL is 0: range invalidation is mandatory from SMMUv3.2"),
            new Conflict(
                    id -> id.atLeastV3(2) && id.bbml() == 0,
                    "AIDR names SMMUv3.2 or later and IDR3.BBML is 0: level 1 or 2 is mandatory from SMMUv3.2"),
            new Conflict(id -> id.bbml() == 3, "IDR3.BBML is 11, which is reserved"),
            new Conflict(id -> id.oasCode() == 7, "IDR5.OAS is 7, which is reserved before SMMUv3.4"),
            new Conflict(id -> id.vax() > 1, "IDR5.VAX is 10 or 11, which are reserved before SMMUv3.4"),
            new Conflict(
                    id -> !id.atLeastV3(1) && (id.oasCode() > 5 || id.vax() != 0),
                    "AIDR names SMMUv3.0 and IDR5 52-bit addresses: they require SMMUv3.1"),
            new Conflict(
                    id -> id.archMajorRev() != 0 || id.atLeastV3(5), "AIDR does not name one of SMMUv3.0 to SMMUv3.4"));

    private IdConsistency() {}

    /** A sentence for each conflict, in the order above; empty for a possible set. */
    static List<String> conflicts(IdRegisters id) {
        return CONFLICTS.stream()
                .filter(conflict -> conflict.holds.test(id))
                .map(Conflict::sentence)
                .toList();
    }
}
