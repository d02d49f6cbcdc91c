package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.ContextDecoder;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.WidePointer;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.L1ContextDescriptor;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** From SubstreamID to CD: single, linear or two-level, behind stage 2 or not (IHI 0070 section 3.3.2). */
public class ContextTable {
    private static final RuleId L1CD_INVALID = RuleId.of("A-CDF-02");
    private static final RuleId FETCH_ABORTED = RuleId.of("A-CDF-03");
    private static final RuleId L2_PTR_TOO_WIDE = RuleId.of("A-CDF-11");
    private static final RuleId UNALIGNED_TABLE = RuleId.of("A-CDF-13");
    private static final RuleId LOCATED = RuleId.of("A-CDF-01");
    private static final RuleId THROUGH_STAGE_2 = RuleId.of("A-CDF-04");
    private static final RuleId RESERVED_FORMAT = RuleId.of("A-STE-08");
    private static final int RESERVED = 3;
    private static final int SPLIT_4K = 6;
    private static final int SPLIT_64K = 10;

    private final StructureReader reader;
    private final ContextDecoder decoder;
    private final SubstreamRules substreams;
    private final NestedAccess nested;
    private final IdRegisters id;
    private final RuleLog rules;

    public ContextTable(
            StructureReader reader,
            ContextDecoder decoder,
            SubstreamRules substreams,
            NestedAccess nested,
            IdRegisters id,
            RuleLog rules) {
        this.reader = reader;
        this.decoder = decoder;
        this.substreams = substreams;
        this.nested = nested;
        this.id = id;
        this.rules = rules;
    }

    /** The configuration that the CD of a SubstreamID gives, from memory of earlier reads or from the table. */
    public Configuration find(int substreamId, int streamId, StreamConfiguration stream) {
        Optional<Configuration> known = reader.knownContext(streamId, substreamId);
        if (known.isPresent()) {
            return formedUnder(known.get(), stream) ? known.get() : again(known.get(), substreamId, streamId, stream);
        }
        Located located = locate(substreamId, streamId, stream);
        return located instanceof At at
                ? fetch(at.address(), substreamId, streamId, stream)
                : Configuration.refused(stream, ((Missing) located).refusal());
    }

    /** Identity and not equality: equal is the common case, and any other answer only costs decoding the CD again. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean formedUnder(Configuration remembered, StreamConfiguration stream) {
        return remembered.stream() == stream;
    }

    /** A CD that is remembered from under another STE is judged again under this one. */
    private Configuration again(Configuration remembered, int substreamId, int streamId, StreamConfiguration stream) {
        Configuration configuration = decoder.decode(remembered.descriptor().orElseThrow(), stream, reader);
        reader.learnContext(streamId, substreamId, configuration);
        return configuration;
    }

    /** Where a CD or L1CD is. */
    private sealed interface Located {}

    private record At(long address) implements Located {}

    private record Missing(Refusal refusal) implements Located {}

    /** The address of the CD, an IPA if stage 2 is on. */
    @Rule("A-CDF-01")
    @Rule("A-STE-08")
    private Located locate(int substreamId, int streamId, StreamConfiguration stream) {
        StreamTableEntry ste = stream.ste();
        int s1CdMax = substreams.s1CdMax(ste);
        int split = s1CdMax == 0 ? 0 : split(ste);
        rules.followed(LOCATED);
        rules.followed(RESERVED_FORMAT, s1CdMax != 0 && ste.s1Fmt() == RESERVED);
        if (split == 0) {
            return new At(entry(pointer(ste), s1CdMax + 6, Line.BYTES, substreamId));
        }
        int tableShift = Math.max(6, s1CdMax - split + 3);
        Located page = physical(entry(pointer(ste), tableShift, Long.BYTES, substreamId >>> split), stream);
        if (!(page instanceof At at)) {
            return page;
        }
        L1ContextDescriptor l1;
        try {
            l1 = new L1ContextDescriptor(reader.l1ContextDescriptor(streamId, substreamId, split, at.address()));
        } catch (ExternalAbort abort) {
            return new Missing(aborted(abort));
        }
        if (!l1.v()) {
            return new Missing(invalidL1());
        }
        long offset = (long) Line.BYTES * (substreamId & (1 << split) - 1);
        return l2PtrTooWide(l1, stream)
                ? beyond(l1.l2Ptr() & -1L << split + 6, offset, stream)
                : new At((l1.l2Ptr() & -1L << split + 6) + offset);
    }

    /** A leaf table beyond the address size: the L1CD is refused, or the pointer followed or truncated. */
    @Rule("A-CDF-11")
    private Located beyond(long leaf, long offset, StreamConfiguration stream) {
        boolean nested = stream.stage2().isPresent();
        rules.followed(L2_PTR_TOO_WIDE);
        return switch (WidePointer.choose(reader, L2_PTR_TOO_WIDE, nested, !id.atLeastV3(1))) {
            case REFUSED -> new Missing(Fault.configuration(EventType.C_BAD_SUBSTREAMID, L2_PTR_TOO_WIDE));
            case FOLLOWED -> new At(leaf + offset);
            case TRUNCATED -> new At((leaf & (1L << addressBits(stream)) - 1) + offset);
        };
    }

    private int addressBits(StreamConfiguration stream) {
        return stream.stage2().isPresent() ? id.ias() : id.oas();
    }

    /** The entry of a table of 2^shift bytes. Pointer bits below that count as zero, or any entry is used. */
    @Rule("A-CDF-13")
    private long entry(long pointer, int shift, int size, int index) {
        long table = pointer & -1L << shift;
        if (pointer == table) {
            return table + (long) size * index;
        }
        rules.followed(UNALIGNED_TABLE);
        int entries = (1 << shift) / size;
        int chosen = reader.choose(UNALIGNED_TABLE, 1 + entries);
        return table + (long) size * (chosen == 0 ? index : chosen - 1);
    }

    protected long pointer(StreamTableEntry ste) {
        return ste.s1ContextPtr();
    }

    /** SubstreamID bits that a leaf table resolves: 6 for 4 KiB, 10 for 64 KiB leaves, 0 for a linear table. */
    protected int split(StreamTableEntry ste) {
        return switch (ste.s1Fmt()) {
            case 1 -> SPLIT_4K;
            case 2 -> SPLIT_64K;
            default -> 0;
        };
    }

    @Rule("A-CDF-02")
    protected Fault invalidL1() {
        return Fault.configuration(EventType.C_BAD_SUBSTREAMID, L1CD_INVALID);
    }

    @Rule("A-CDF-11")
    protected boolean l2PtrTooWide(L1ContextDescriptor l1, StreamConfiguration stream) {
        return l1.l2Ptr() >>> addressBits(stream) != 0;
    }

    @Rule("A-CDF-03")
    protected Fault aborted(ExternalAbort abort) {
        return Fault.fetch(EventType.F_CD_FETCH, abort.address(), FETCH_ABORTED);
    }

    /** Nothing answers beyond OAS, where a pointer may lead that is followed although it is too wide. */
    @Rule("A-CDF-04")
    @Rule("A-STE-16")
    private Located physical(long address, StreamConfiguration stream) {
        Optional<Stage2Regime> stage2 = stream.stage2();
        if (stage2.isEmpty()) {
            return address >>> id.oas() == 0 ? new At(address) : new Missing(aborted(new ExternalAbort(address)));
        }
        rules.followed(THROUGH_STAGE_2);
        Stage2Result page = nested.context(stage2.get(), address);
        return page instanceof Stage2Leaf leaf ? new At(leaf.output(address)) : new Missing(((WalkFault) page).fault());
    }

    @Rule("A-CDF-12")
    @Rule("C-CFG-03")
    private Configuration fetch(long address, int substreamId, int streamId, StreamConfiguration stream) {
        Located page = physical(address, stream);
        if (!(page instanceof At at)) {
            return Configuration.refused(stream, ((Missing) page).refusal());
        }
        Line line;
        try {
            line = reader.contextDescriptor(streamId, substreamId, at.address());
        } catch (ExternalAbort abort) {
            return Configuration.refused(stream, aborted(abort));
        }
        Configuration configuration = decoder.decode(descriptor(line), stream, reader);
        reader.learnContext(streamId, substreamId, configuration);
        return configuration;
    }

    /** The CD in the bytes that were fetched. */
    protected ContextDescriptor descriptor(Line line) {
        return new ContextDescriptor(line);
    }
}
