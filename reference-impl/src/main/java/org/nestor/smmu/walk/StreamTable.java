package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.memory.ExternalAbort;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.L1StreamTableDescriptor;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** From StreamID to STE (IHI 0070 section 3.3.1). */
public class StreamTable {
    private static final RuleId OUT_OF_RANGE = RuleId.of("A-SID-01");
    private static final RuleId L1STD_ABORTED = RuleId.of("A-SID-03");
    private static final RuleId SPAN_ZERO = RuleId.of("A-SID-04");
    private static final RuleId SPAN_RESERVED = RuleId.of("A-SID-05");
    private static final RuleId SPAN_BEYOND_SPLIT = RuleId.of("A-SID-06");
    private static final RuleId INDEX_BEYOND_SPAN = RuleId.of("A-SID-07");
    private static final RuleId STE_ABORTED = RuleId.of("A-SID-08");
    private static final RuleId ADDRESS_TOO_WIDE = RuleId.of("A-SID-09");
    private static final RuleId LINEAR = RuleId.of("A-SID-02");
    private static final int LARGEST_SPAN = 11;

    private final StructureReader reader;
    private final StreamDecoder decoder;
    private final IdRegisters id;
    private final RuleLog rules;

    public StreamTable(StructureReader reader, StreamDecoder decoder, IdRegisters id, RuleLog rules) {
        this.reader = reader;
        this.decoder = decoder;
        this.id = id;
        this.rules = rules;
    }

    /** The table that the registers describe. */
    public StreamTableShape shape(GlobalConfiguration registers) {
        return StreamTableShape.of(registers, id);
    }

    /** Whether the StreamID is within the table. */
    public boolean contains(int streamId, StreamTableShape shape) {
        return shape.contains(streamId);
    }

    /** The configuration of a StreamID, from memory of earlier reads or from the table. */
    @Rule("A-FLT-01")
    public StreamConfiguration find(int streamId, StreamTableShape shape, boolean e2h) {
        if (!contains(streamId, shape)) {
            return StreamConfiguration.refused(Fault.configuration(EventType.C_BAD_STREAMID, OUT_OF_RANGE));
        }
        Optional<StreamConfiguration> known = reader.knownStream(streamId);
        return known.isPresent() ? known.get() : read(streamId, shape, e2h);
    }

    private StreamConfiguration read(int streamId, StreamTableShape shape, boolean e2h) {
        Location location = locate(streamId, shape);
        return location instanceof Location.At at
                ? fetch(streamId, at.address(), e2h)
                : StreamConfiguration.refused(((Location.Missing) location).refusal());
    }

    /** Where an STE is. */
    protected sealed interface Location {
        record At(long address) implements Location {}

        record Missing(Refusal refusal) implements Location {}
    }

    @Rule("A-SID-02")
    protected Location locate(int streamId, StreamTableShape shape) {
        long unsigned = Integer.toUnsignedLong(streamId);
        if (!shape.twoLevel()) {
            rules.followed(LINEAR);
            return new Location.At(shape.base() + Line.BYTES * unsigned);
        }
        long l1Address = shape.l1Address(streamId);
        if (tooWide(l1Address)) {
            return new Location.Missing(Fault.fetch(EventType.F_STE_FETCH, l1Address, ADDRESS_TOO_WIDE));
        }
        L1StreamTableDescriptor l1;
        try {
            l1 = new L1StreamTableDescriptor(
                    reader.l1StreamTableDescriptor(streamId, shape.l1().split(), truncated(l1Address)));
        } catch (ExternalAbort abort) {
            return new Location.Missing(l1Aborted(abort));
        }
        int index = (int) (unsigned & (1L << shape.split()) - 1);
        int span = span(l1);
        Optional<RuleId> broken = outsideSpan(span, index, shape.split());
        if (broken.isPresent()) {
            return new Location.Missing(Fault.configuration(EventType.C_BAD_STREAMID, broken.get()));
        }
        long table = l1.l2Ptr() & -1L << span + 5;
        return new Location.At(table + (long) Line.BYTES * index);
    }

    protected int span(L1StreamTableDescriptor l1) {
        return l1.span();
    }

    @Rule("A-SID-03")
    protected Fault l1Aborted(ExternalAbort abort) {
        return Fault.fetch(EventType.F_STE_FETCH, abort.address(), L1STD_ABORTED);
    }

    /** Why a level 2 index is not in the table that Span describes: 2^(Span-1) STEs. */
    @Rule("A-SID-04")
    @Rule("A-SID-05")
    @Rule("A-SID-06")
    @Rule("A-SID-07")
    protected Optional<RuleId> outsideSpan(int span, int index, int split) {
        if (span == 0) {
            return Optional.of(SPAN_ZERO);
        }
        if (span > LARGEST_SPAN) {
            return Optional.of(SPAN_RESERVED);
        }
        if (span > split + 1) {
            return Optional.of(SPAN_BEYOND_SPLIT);
        }
        return index >= 1 << span - 1 ? Optional.of(INDEX_BEYOND_SPAN) : Optional.empty();
    }

    @Rule("A-SID-08")
    @Rule("A-SID-10")
    @Rule("C-CFG-03")
    private StreamConfiguration fetch(int streamId, long address, boolean e2h) {
        if (tooWide(address)) {
            return StreamConfiguration.refused(Fault.fetch(EventType.F_STE_FETCH, address, ADDRESS_TOO_WIDE));
        }
        Line line;
        try {
            line = reader.streamTableEntry(streamId, truncated(address));
        } catch (ExternalAbort abort) {
            return StreamConfiguration.refused(Fault.fetch(EventType.F_STE_FETCH, abort.address(), STE_ABORTED));
        }
        StreamConfiguration configuration = decoder.decode(new StreamTableEntry(line), e2h, reader);
        reader.learnStream(streamId, configuration);
        return configuration;
    }

    /** An address beyond OAS is refused or truncated; the reference prefers to refuse. */
    @Rule("A-SID-09")
    protected boolean tooWide(long address) {
        return address >>> id.oas() != 0 && reader.choose(ADDRESS_TOO_WIDE, 2) == 0;
    }

    private long truncated(long address) {
        return address & (1L << id.oas()) - 1;
    }
}
