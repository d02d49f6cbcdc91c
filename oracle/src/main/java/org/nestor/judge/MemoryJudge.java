package org.nestor.judge;

import java.util.Arrays;
import java.util.HexFormat;
import org.nestor.allowed.MemoryHistory;
import org.nestor.memory.Bytes;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.format.LittleEndian;

/** Judges what memory is found to hold. */
final class MemoryJudge {
    private static final RuleId NO_EFFECT = RuleId.of("A-TRM-06");
    private static final RuleId STALLED = RuleId.of("A-STL-02");
    private static final RuleId AHEAD = RuleId.of("A-AFD-04");
    private static final RuleId OF_TABLE_PAGE = RuleId.of("A-AFD-17");
    private static final int WORD = 8;
    private static final long VALID = 1;
    private static final long ACCESS_FLAG = 1L << 10;
    private static final long STAGE_2_WRITE = 1L << 7;
    private static final long DIRTY_MODIFIER = 1L << 51;

    private final Platform platform;
    private final MemoryHistory memory;
    private final LateWrites late;
    private final Commands commands;
    private final Events events;
    private final QueueMemory queues;
    private final Stalls stalls;
    private final Doubts doubts;
    private final RuleLog rules;

    MemoryJudge(
            Platform platform,
            MemoryHistory memory,
            LateWrites late,
            Commands commands,
            Events events,
            QueueMemory queues,
            Stalls stalls,
            Doubts doubts,
            RuleLog rules) {
        this.platform = platform;
        this.memory = memory;
        this.late = late;
        this.commands = commands;
        this.events = events;
        this.queues = queues;
        this.stalls = stalls;
        this.doubts = doubts;
        this.rules = rules;
    }

    /** Software wrote memory. */
    void written(long address, Bytes bytes, long at) {
        byte[] data = bytes.toArray();
        try {
            memory.write(address, data, at);
            commands.memoryWritten(address, data.length, at);
            events.memoryWritten(address, data.length);
        } catch (ExternalAbort outside) {
            doubts.raise(
                    Doubts.Area.EVERYTHING,
                    "memory was written at " + Hex.of(outside.address()) + ", where hello names none");
        }
    }

    /** Software read memory. */
    Verdict read(long address, Bytes bytes, long at) {
        byte[] data = bytes.toArray();
        if (!platform.answers(address, data.length)) {
            return new Verdict.Indeterminate("memory was read at " + Hex.of(address) + ", where hello names none");
        }
        commands.memoryRead(address, data, at);
        Verdict record = events.memoryRead(address, data, at);
        if (record != Verdict.CONFORMS) {
            return record;
        }
        return words(address, data, at);
    }

    private Verdict words(long address, byte[] data, long at) {
        int from = 0;
        while (from < data.length) {
            int length = Math.min(data.length - from, WORD - (int) (address + from & WORD - 1));
            Verdict verdict = word(address + from, Arrays.copyOfRange(data, from, from + length), at);
            if (verdict != Verdict.CONFORMS) {
                return verdict;
            }
            from += length;
        }
        return Verdict.CONFORMS;
    }

    private Verdict word(long address, byte[] data, long at) {
        if (queues.unsettled(address) || platform.device(address)) {
            return Verdict.CONFORMS;
        }
        if (memory.mayHold(address, data)
                || updatedByHardware(address, data)
                || stalls.land(at) && memory.mayHold(address, data)) {
            late.seen(address, data, at);
            return Verdict.CONFORMS;
        }
        byte[] known = memory.now().read(address, data.length);
        late.seen(address, data, at);
        return queues.unknown()
                .<Verdict>map(Verdict.Indeterminate::new)
                .orElseGet(() -> unwritten(address, data, known));
    }

    private static Verdict unwritten(long address, byte[] data, byte[] known) {
        return Finding.of("memory holds what nothing wrote", NO_EFFECT, STALLED)
                .observed("at " + Hex.of(address) + ": " + hex(data))
                .allowed("at " + Hex.of(address) + ": " + hex(known))
                .because("neither software, nor a device whose access went through, nor the SMMU itself may have"
                        + " written this")
                .verdict();
    }

    private static String hex(byte[] data) {
        return HexFormat.of().formatHex(data);
    }

    /** A walk of its own accord may set the access flag, and mark the page of a table dirty in stage 2. */
    @Rule("A-AFD-04")
    @Rule("A-AFD-13")
    @Rule("A-AFD-17")
    private boolean updatedByHardware(long address, byte[] data) {
        if (platform.ids().httu() == 0 || data.length != WORD) {
            return false;
        }
        long old = memory.now().read64(address);
        long set = LittleEndian.doubleword(data, 0) & ~old;
        boolean onlySet = (old & ~LittleEndian.doubleword(data, 0)) == 0;
        long may = ACCESS_FLAG | ((old & DIRTY_MODIFIER) != 0 ? STAGE_2_WRITE : 0);
        boolean updated = (old & VALID) != 0 && onlySet && (set & ~may) == 0;
        rules.followed(AHEAD, updated && (set & ACCESS_FLAG) != 0);
        rules.followed(OF_TABLE_PAGE, updated && (set & STAGE_2_WRITE) != 0);
        return updated;
    }
}
