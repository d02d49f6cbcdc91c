package org.nestor.protocol;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.memory.Bytes;
import org.nestor.protocol.json.Json;

/**
 * What a tester asks of an implementation. Addresses and values are 64 unsigned bits in a {@code long}. The records
 * refuse, by {@link IllegalArgumentException}, what no line of the protocol can say.
 */
public sealed interface Request permits Request.Architectural, Request.Api {

    /** The name of the request, the member {@code op} of its line. */
    String op();

    /** A request at the architectural interface: memory, registers, DMA, interrupts. */
    sealed interface Architectural extends Request
            permits Hello, Reset, MemWrite, MemRead, RegWrite, RegRead, Dma, PageRequest, Events, Step, Irqs, Bye {

        @Override
        default String op() {
            return Op.of(this).wire();
        }
    }

    /** Asks who is there and what it can do. */
    record Hello() implements Architectural {}

    /**
     * Power-on: registers at reset, memory zero, caches empty.
     *
     * @param idr ID registers to set, by name; empty to keep them
     */
    record Reset(Map<String, Long> idr) implements Architectural {
        public Reset {
            idr = Ordered.copy(idr);
        }
    }

    /**
     * Writes physical memory.
     *
     * @param addr physical address of the first byte
     * @param data at least one byte
     * @param form how the line says it, so that it can be written again the same way
     */
    record MemWrite(long addr, Bytes data, Form form) implements Architectural {
        /** The two ways to say which bytes. */
        public enum Form {
            /** A byte string. */
            DATA,
            /** An integer and its size in bytes, little-endian. */
            VALUE
        }

        public MemWrite {
            Limits.require(data.length() >= 1, "nothing to write");
            Limits.require(
                    form == Form.DATA || List.of(1, 2, 4, 8).contains(data.length()), "a value has 1, 2, 4 or 8 bytes");
        }
    }

    /**
     * Reads physical memory.
     *
     * @param addr physical address of the first byte
     * @param len bytes, 1 to {@link Limits#TRANSFER_BYTES}
     */
    record MemRead(long addr, int len) implements Architectural {
        public MemRead {
            Limits.transfer(len);
        }
    }

    /**
     * Writes a register.
     *
     * @param reg the register
     * @param value what to write; within 32 bits when the access has 4 bytes
     */
    record RegWrite(RegisterRef reg, long value) implements Architectural {
        public RegWrite {
            if (reg instanceof RegisterRef.Offset offset && offset.size() == Integer.BYTES) {
                Limits.bits("the value of a 4-byte access", value, Integer.SIZE);
            }
        }
    }

    /**
     * Reads a register.
     *
     * @param reg the register
     */
    record RegRead(RegisterRef reg) implements Architectural {}

    /**
     * A transaction of a device.
     *
     * @param sid StreamID, 32 bits
     * @param iova input address
     * @param access read or write
     * @param ssid SubstreamID, 20 bits, when there is one
     * @param len bytes, 1 to {@link Limits#TRANSFER_BYTES}
     * @param data what a write writes, {@code len} bytes; when absent the implementation picks and reports it
     * @param privileged whether it is privileged
     * @param instruction whether it is an instruction fetch
     * @param ats its ATS kind
     * @param probe physical addresses worth looking at for an implementation that reports no status
     */
    record Dma(
            long sid,
            long iova,
            Access access,
            Optional<Integer> ssid,
            int len,
            Optional<Bytes> data,
            boolean privileged,
            boolean instruction,
            Ats ats,
            List<Long> probe)
            implements Architectural {
        /** Bytes when the line does not say. */
        public static final int DEFAULT_LENGTH = 4;

        public Dma {
            Limits.bits("sid", sid, Limits.STREAM_ID_BITS);
            ssid.ifPresent(value -> Limits.bits("ssid", value, Limits.SUBSTREAM_ID_BITS));
            Limits.transfer(len);
            int length = len;
            data.ifPresent(bytes -> Limits.require(bytes.length() == length, "data does not have len bytes"));
            Limits.require(data.isEmpty() || access == Access.WRITE, "only a write has data");
            probe = List.copyOf(probe);
        }
    }

    /**
     * A PCIe Page Request of an endpoint.
     *
     * @param sid StreamID, 32 bits
     * @param addr the page's address
     * @param access the rights asked for, each at most once
     * @param ssid SubstreamID, 20 bits, when the request has a PASID
     * @param privileged whether privileged access is asked for
     * @param prgIndex Page Request Group index, 9 bits
     * @param last whether it is the last of its group
     */
    record PageRequest(
            long sid,
            long addr,
            List<Permission> access,
            Optional<Integer> ssid,
            boolean privileged,
            int prgIndex,
            boolean last)
            implements Architectural {
        public PageRequest {
            Limits.bits("sid", sid, Limits.STREAM_ID_BITS);
            ssid.ifPresent(value -> Limits.bits("ssid", value, Limits.SUBSTREAM_ID_BITS));
            Limits.bits("prgIndex", prgIndex, Limits.GROUP_INDEX_BITS);
            access = List.copyOf(access);
            Limits.require(access.stream().distinct().count() == access.size(), "a right is asked for twice");
        }
    }

    /** Takes the records off the event queue, as software does. */
    record Events() implements Architectural {}

    /** Lets time pass until the implementation is idle. */
    record Step() implements Architectural {}

    /** Takes the interrupts raised since the last call. */
    record Irqs() implements Architectural {}

    /** Ends the implementation. */
    record Bye() implements Architectural {}

    /**
     * A request at the API of the driver side, kept as it is.
     *
     * @param op its name, such as {@code iommu.map}
     * @param members everything else the line says about it
     */
    record Api(String op, Json.Obj members) implements Request {
        public Api {
            Limits.require(Op.isApi(op), "not the name of an API request: " + op);
            Limits.require(
                    Collections.disjoint(members.members().keySet(), Line.RESERVED), "a member belongs to the line");
        }
    }
}
