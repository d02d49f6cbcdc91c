package org.nestor.oracle.qemu;

import java.util.Optional;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;

/** A device that issues DMA under a StreamID of its own. */
sealed interface DmaPort permits EduPort, TestDevicePort {

    /** The StreamID of its transactions. */
    long sid();

    /** Why the device cannot issue this, if it cannot. */
    Optional<String> refusal(Request.Dma dma);

    /** What it writes when a request leaves that open, if it has no choice. */
    default Optional<Bytes> ownData(int length) {
        return Optional.empty();
    }

    /**
     * Issues a DMA that the device does not refuse, and finds out what became of it.
     *
     * @param dma the request
     * @param data what a write writes, {@code dma.len()} bytes; nothing for a read
     */
    Reply.Dma issue(Request.Dma dma, Bytes data);
}
