package org.nestor.reports;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import java.util.OptionalInt;
import java.util.SortedMap;

/**
 * The implementation under test: its {@code hello} reply.
 *
 * @param name its name
 * @param version its version
 * @param protocol the version of the protocol that it speaks
 * @param features what it can do
 * @param memory its physical memory
 * @param sids the StreamIDs of its devices
 * @param idr its ID registers by name
 * @param dmaMaxLength the longest DMA, in bytes
 */
public record Sut(
        String name,
        String version,
        OptionalInt protocol,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> features,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<Window> memory,

        @JsonSetter(nulls = Nulls.AS_EMPTY)
        @JsonSerialize(contentUsing = Hex.Writer.class)
        @JsonDeserialize(contentUsing = Hex.Reader.class)
        List<Long> sids,

        @JsonSetter(nulls = Nulls.AS_EMPTY)
        @JsonSerialize(contentUsing = Hex.Writer.class)
        @JsonDeserialize(contentUsing = Hex.Reader.class)
        SortedMap<String, Long> idr,

        OptionalInt dmaMaxLength) {

    public Sut {
        features = List.copyOf(features);
        memory = List.copyOf(memory);
        sids = List.copyOf(sids);
        idr = Sorted.copy(idr);
    }

    /**
     * A window of physical memory.
     *
     * @param base its first address
     * @param size its size in bytes
     * @param device whether it holds a device's registers
     */
    public record Window(
            @JsonSerialize(using = Hex.Writer.class) @JsonDeserialize(using = Hex.Reader.class)
            long base,

            @JsonSerialize(using = Hex.Writer.class) @JsonDeserialize(using = Hex.Reader.class)
            long size,

            boolean device) {}
}
