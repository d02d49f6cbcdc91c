package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.memory.Bytes;
import org.nestor.memory.ForwardingMemory;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.Expectation;
import org.nestor.protocol.Line;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Request;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.ObjectBuilder;
import org.nestor.smmu.format.CommandRecord;

/**
 * A scenario of the protocol in the making. What software writes into its memory becomes a request, unless it was there already; commands go
 * into a queue, and a CMD_SYNC is waited for.
 */
final class Script {
    private static final long COMMANDS = 0x0E00_0000L;
    private static final long EVENTS = 0x0E10_0000L;
    private static final int LOG2_ENTRIES = 7;
    private static final long QUEUES_AND_SMMU = 0xD;

    private final List<Line> lines = new ArrayList<>();
    private final SparseMemory image = SparseMemory.ram(0, 1L << 32);
    private int produced;

    Script(String name) {
        lines.add(new Line.Header(Optional.of(name), Optional.empty()));
        ask(new Request.Reset(Map.of()));
    }

    /** The memory to lay structures out in. */
    PhysicalMemory memory() {
        return new Recorded();
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    private void ask(Request request) {
        lines.add(Line.Exchange.of(request));
    }

    private void ask(Request request, Json.Obj expected) {
        lines.add(
                new Line.Exchange(request, Optional.empty(), Optional.of(new Expectation(expected)), Optional.empty()));
    }

    /** Turns the SMMU on. */
    void start(long strtabBase, int strtabBaseCfg) {
        write("STRTAB_BASE", strtabBase);
        write("STRTAB_BASE_CFG", strtabBaseCfg);
        write("CMDQ_BASE", COMMANDS | LOG2_ENTRIES);
        write("EVENTQ_BASE", EVENTS | LOG2_ENTRIES);
        write("CR0", QUEUES_AND_SMMU);
        reads("CR0ACK", QUEUES_AND_SMMU);
    }

    private void write(String register, long value) {
        ask(new Request.RegWrite(new RegisterRef.Named(register), value));
    }

    private void reads(String register, long value) {
        ask(
                new Request.RegRead(new RegisterRef.Named(register)),
                new ObjectBuilder().hex("value", value).build());
    }

    /** Puts a command into the queue and hands it over. */
    void publish(CommandRecord command) {
        long entry = COMMANDS + (long) CommandRecord.BYTES * (produced & (1 << LOG2_ENTRIES) - 1);
        ask(new Request.MemWrite(entry, Bytes.of(command.toBytes()), Request.MemWrite.Form.DATA));
        produced = produced + 1 & (2 << LOG2_ENTRIES) - 1;
        write("CMDQ_PROD", produced);
    }

    /** Sees that every command up to here, the last of which is a CMD_SYNC, was consumed. */
    void await() {
        reads("CMDQ_CONS", produced);
    }

    /** A read of four bytes that must end in one of some ways. */
    void dma(int streamId, long iova, Json.Obj expected) {
        ask(read(streamId, iova), expected);
    }

    /** A read of four bytes that may end as it likes. */
    void dma(int streamId, long iova) {
        ask(read(streamId, iova));
    }

    private static Request read(int streamId, long iova) {
        return new Request.Dma(
                streamId,
                iova,
                Access.READ,
                Optional.empty(),
                Request.Dma.DEFAULT_LENGTH,
                Optional.empty(),
                false,
                false,
                Ats.UNTRANSLATED,
                List.of());
    }

    /** Looks at the event queue. */
    void events() {
        ask(new Request.Events());
    }

    /** Keeps what is written, and writes it into the scenario. */
    private final class Recorded extends ForwardingMemory {

        Recorded() {
            super(image);
        }

        @Override
        public void write64(long address, long value) {
            if (read64(address) != value) {
                super.write64(address, value);
                ask(new Request.MemWrite(
                        address, ByteStrings.littleEndian(value, Long.BYTES), Request.MemWrite.Form.VALUE));
            }
        }

        @Override
        public void write(long address, byte[] data) {
            super.write(address, data);
            ask(new Request.MemWrite(address, Bytes.of(data), Request.MemWrite.Form.DATA));
        }

        @Override
        public void clear() {
            throw new UnsupportedOperationException("software does not clear memory");
        }
    }
}
