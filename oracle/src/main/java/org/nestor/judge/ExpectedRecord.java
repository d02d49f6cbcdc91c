package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.EventLayouts;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.register.IdRegisters;

/**
 * An event record that may be written, with the bits of it that are not compared.
 *
 * @param record the record
 * @param ignored0 bits of doubleword 0 that may be anything, and so on
 * @param spread how many bytes above InputAddr the record's own may lie, because the access was split
 * @param rule why the fault
 */
record ExpectedRecord(
        EventRecord record, long ignored0, long ignored1, long ignored2, long ignored3, long spread, RuleId rule) {
    private static final int F_TRANSL_FORBIDDEN_SSV = 1 << 11;
    private static final long SUBSTREAM_ID = 0xFFFFF000L;
    private static final long REASON = 0xFFFF;
    private static final long STALL = 1L << 31;
    private static final long TTRNW = 1L << 44;
    private static final long RNW = 1L << 35;
    private static final long IPA = 0x000F_FFFF_FFFF_F000L;
    private static final long FETCH_ADDR = 0x000F_FFFF_FFFF_FFF8L;
    private static final long PAGE_OFFSET = 0xFFF;
    private static final int CLASS_TT = 1;
    private static final int FAR = 16;

    /**
     * The record of a fault.
     *
     * @param length bytes of the access; one that is longer than 4 or not aligned to its size may be split
     * @param ats whether a Translation Request met the fault
     */
    @Rule("A-FLT-16")
    @Rule("A-FLT-18")
    @Rule("A-FLT-22")
    @Rule("A-ATS-07")
    static ExpectedRecord of(EventRecord record, int length, boolean ats, IdRegisters ids, RuleId rule) {
        EventType type = record.type().orElseThrow();
        long d0 = record.ssv() || type == EventType.C_BAD_SUBSTREAMID || type == EventType.F_STREAM_DISABLED
                ? 0
                : SUBSTREAM_ID;
        long d1 = 0;
        long d3 = 0;
        switch (type) {
            case F_UUT, F_STE_FETCH, F_CD_FETCH, F_VMS_FETCH, F_CFG_CONFLICT -> d1 = REASON;
            case F_WALK_EABT, F_TLB_CONFLICT -> d1 = REASON;
            case F_TRANSLATION, F_ADDR_SIZE, F_ACCESS, F_PERMISSION -> d1 = record.stall() ? 0 : REASON;
            case F_BAD_ATS_TREQ -> d1 = -1L;
            case F_TRANSL_FORBIDDEN -> d0 |= F_TRANSL_FORBIDDEN_SSV | SUBSTREAM_ID;
            default -> {}
        }
        if (type == EventType.F_PERMISSION && record.faultClass() != CLASS_TT) {
            d1 |= TTRNW;
        }
        if (ats) {
            d1 |= RNW;
        }
        boolean intermediate = type.isTranslationRelated() || type == EventType.F_TLB_CONFLICT;
        if (intermediate && !record.s2()) {
            d3 = IPA;
        } else if (type == EventType.F_TLB_CONFLICT) {
            d3 = IPA;
        } else if (!intermediate && hasFetchAddress(type) && !ids.atLeastV3(3)) {
            d3 = FETCH_ADDR & -1L << ids.oas();
        }
        return new ExpectedRecord(record, d0, d1, 0, d3, spread(record, length), rule);
    }

    private static long spread(EventRecord record, int length) {
        boolean whole = length <= Integer.BYTES && Integer.bitCount(length) == 1 && record.dw2() % length == 0;
        return whole ? 0 : length - 1;
    }

    private static boolean hasFetchAddress(EventType type) {
        return EventLayouts.of(type).find("FetchAddr").isPresent();
    }

    /** Any record of a stream at all, for an access of which nothing is known. */
    static ExpectedRecord anything(int streamId, RuleId rule) {
        EventRecord record = new EventRecord(Integer.toUnsignedLong(streamId) << 32, 0, 0, 0);
        return new ExpectedRecord(record, 0xFFFF_FFFFL, -1, -1, -1, 0, rule);
    }

    /** Whether it is any record of its stream at all. */
    boolean isAnything() {
        return ignored1 == -1 && ignored3 == -1;
    }

    /** The same with this STAG. */
    ExpectedRecord withStag(int stag) {
        EventRecord stalled = record.with("STAG", stag);
        return new ExpectedRecord(stalled, ignored0, ignored1, ignored2, ignored3, spread, rule);
    }

    /** The same with any STAG. */
    ExpectedRecord withAnyStag() {
        return new ExpectedRecord(record, ignored0, ignored1 | REASON, ignored2, ignored3, spread, rule);
    }

    boolean stall() {
        return (record.dw1() & STALL) != 0;
    }

    boolean matches(EventRecord seen) {
        return ((seen.dw0() ^ record.dw0()) & ~ignored0) == 0
                && ((seen.dw1() ^ record.dw1()) & ~ignored1) == 0
                && ((seen.dw3() ^ record.dw3()) & ~ignored3) == 0
                && matchesInput(seen.dw2());
    }

    private boolean matchesInput(long seen) {
        return ignored2 == -1
                || seen == record.dw2()
                || spread != 0 && Long.compareUnsigned(seen - record.dw2(), spread) <= 0;
    }

    /** As {@link #matches}, InputAddr[11:0] apart: a record into which others were merged has any of theirs. */
    @Rule("A-MEV-05")
    boolean mergesInto(EventRecord seen) {
        return matches(new EventRecord(seen.dw0(), seen.dw1(), record.dw2(), seen.dw3()))
                && ((seen.dw2() ^ record.dw2()) & ~PAGE_OFFSET & ~ignored2) == 0;
    }

    /** The names of the fields, of those that its type has, in which a record differs; RES0 for the bits between them. */
    List<String> differences(EventRecord seen) {
        List<String> names = new ArrayList<>();
        long[] wrong = {
            (seen.dw0() ^ record.dw0()) & ~ignored0,
            (seen.dw1() ^ record.dw1()) & ~ignored1,
            matchesInput(seen.dw2()) ? 0 : seen.dw2() ^ record.dw2(),
            (seen.dw3() ^ record.dw3()) & ~ignored3
        };
        for (Field field : record.layout().fields()) {
            if ((wrong[field.doubleword()] & field.mask()) != 0) {
                names.add(field.name());
                wrong[field.doubleword()] &= ~field.mask();
            }
        }
        for (int doubleword = 0; doubleword < wrong.length; doubleword++) {
            if (wrong[doubleword] != 0) {
                names.add("RES0 of doubleword " + doubleword);
            }
        }
        return names;
    }

    /** Whether a record is of the same access: its stream and input address are the same. */
    boolean sameAccess(EventRecord seen) {
        return seen.streamId() == record.streamId() && matchesInput(seen.dw2());
    }

    /** How little a record is like this one: above all, whether it is of another access. */
    int distance(EventRecord seen) {
        return differences(seen).size() + (sameAccess(seen) ? 0 : FAR);
    }

    /** In words. */
    String describe() {
        if (isAnything()) {
            return "any record of stream " + Hex.of(record.streamId());
        }
        return Records.describe(record);
    }
}
