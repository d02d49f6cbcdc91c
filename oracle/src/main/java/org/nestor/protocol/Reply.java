package org.nestor.protocol;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.memory.Bytes;
import org.nestor.protocol.json.Json;

/** What an implementation answers. Which kind answers which request is fixed, but for {@link Failure}. */
public sealed interface Reply {

    /** To reset, writes and bye: it was done. */
    record Done() implements Reply {}

    /**
     * To hello.
     *
     * @param name the implementation's name
     * @param version its version
     * @param protocol the protocol's version
     * @param features what it can do
     * @param memory the physical memory it has
     * @param sids the StreamIDs of its devices
     * @param idr its ID registers by name
     * @param dmaMaxLength the longest DMA in bytes
     */
    record Introduction(
            String name,
            String version,
            int protocol,
            List<Feature> features,
            List<MemoryWindow> memory,
            List<Long> sids,
            Map<String, Long> idr,
            int dmaMaxLength)
            implements Reply {
        public Introduction {
            features = List.copyOf(features);
            memory = List.copyOf(memory);
            sids = List.copyOf(sids);
            sids.forEach(sid -> Limits.bits("sid", sid, Limits.STREAM_ID_BITS));
            idr = Ordered.copy(idr);
            Limits.require(protocol >= 1, "protocol versions begin at 1");
            Limits.require(dmaMaxLength >= 1, "a DMA has at least one byte");
        }
    }

    /**
     * To mem.read.
     *
     * @param data the bytes
     */
    record Data(Bytes data) implements Reply {}

    /**
     * To reg.read.
     *
     * @param value the register's value, zero-extended
     */
    record Value(long value) implements Reply {}

    /**
     * To dma.
     *
     * @param result how it ended
     * @param pa with ok: the physical address it went to, if the implementation can tell
     * @param data what a read returned, or what a write wrote when the implementation picked it
     * @param attrs with ok: the attributes it carried, if the implementation can tell
     * @param stag with stall, or of a transaction that had stalled: its stall tag, 16 bits
     * @param permissions with ok to a Translation Request: the rights granted
     * @param size with ok to a Translation Request: bytes of the translated range
     */
    record Dma(
            DmaResult result,
            Optional<Long> pa,
            Optional<Bytes> data,
            Optional<Attributes> attrs,
            Optional<Integer> stag,
            Optional<List<Permission>> permissions,
            Optional<Long> size)
            implements Reply {
        public Dma {
            Limits.require(
                    result == DmaResult.OK
                            || pa.isEmpty() && attrs.isEmpty() && permissions.isEmpty() && size.isEmpty(),
                    "only an ok reply has pa, attrs, permissions or size");
            Limits.require(result != DmaResult.STALL || stag.isPresent(), "a stall has a stag");
            stag.ifPresent(value -> Limits.bits("stag", value, Limits.STALL_TAG_BITS));
            permissions = permissions.map(List::copyOf);
        }

        /** The same, telling what a write wrote. */
        public Dma writing(Bytes picked) {
            return new Dma(result, pa, Optional.of(picked), attrs, stag, permissions, size);
        }

        /** A result that tells nothing else. */
        public static Dma of(DmaResult result) {
            return new Dma(
                    result,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /**
     * To pri.
     *
     * @param result whether it was queued or answered
     * @param code the answer, exactly when it was answered
     */
    record PageRequest(PageRequestResult result, Optional<PageResponseCode> code) implements Reply {
        public PageRequest {
            Limits.require(code.isPresent() == (result == PageRequestResult.RESPONSE), "exactly a response has a code");
        }
    }

    /**
     * To events.
     *
     * @param events raw records of {@link Limits#EVENT_BYTES} bytes, oldest first
     * @param overflow whether records were lost since the last acknowledgement
     */
    record Events(List<Bytes> events, boolean overflow) implements Reply {
        public Events {
            events = List.copyOf(events);
            events.forEach(event -> Limits.require(
                    event.length() == Limits.EVENT_BYTES, "an event record has " + Limits.EVENT_BYTES + " bytes"));
        }
    }

    /**
     * To step.
     *
     * @param completed the stalled transactions that ended, each with its stag
     */
    record Stepped(List<Dma> completed) implements Reply {
        public Stepped {
            completed = List.copyOf(completed);
            completed.forEach(dma -> Limits.require(dma.stag().isPresent(), "a completed transaction has a stag"));
        }
    }

    /**
     * To irqs.
     *
     * @param irqs one name for each assertion, in order
     */
    record Irqs(List<Interrupt> irqs) implements Reply {
        public Irqs {
            irqs = List.copyOf(irqs);
        }
    }

    /**
     * To a request at the API.
     *
     * @param errno {@code 0} or an error's name such as {@code EINVAL}
     * @param members everything else the reply says
     */
    record Api(String errno, Json.Obj members) implements Reply {
        public Api {
            Limits.require(isErrno(errno), "neither 0 nor the name of an error: " + errno);
            Limits.require(
                    members.get("errno").isEmpty() && members.get("error").isEmpty(), "a member is reserved");
        }

        /** True for {@code 0} and for what looks like the name of an error. */
        static boolean isErrno(String errno) {
            return errno.matches("0|E[A-Z0-9]{1,31}");
        }
    }

    /**
     * To any request: there is no result.
     *
     * @param code why
     * @param message the same in words
     */
    record Failure(ErrorCode code, String message) implements Reply {}
}
