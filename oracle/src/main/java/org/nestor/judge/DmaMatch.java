package org.nestor.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.nestor.allowed.MemoryHistory;
import org.nestor.memory.Bytes;
import org.nestor.memory.ExternalAbort;
import org.nestor.oracle.Transactions;
import org.nestor.protocol.Attributes;
import org.nestor.protocol.Feature;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.OutputAttributes;

/** Which of the ways in which a part may end agree with a reply. */
final class DmaMatch {
    private final Platform platform;
    private final MemoryHistory memory;

    DmaMatch(Platform platform, MemoryHistory memory) {
        this.platform = platform;
        this.memory = memory;
    }

    /** What an {@code ok} ending disagrees in. */
    enum Mismatch {
        NONE,
        ADDRESS,
        ATTRIBUTES,
        DATA
    }

    /** The ways to end that agree with the reply. */
    List<Ending> matching(Part part, Request.Dma request, Reply.Dma reply) {
        List<Ending> matches = new ArrayList<>(part.endings().size());
        for (Ending ending : part.endings()) {
            if (matches(ending, part, request, reply)) {
                matches.add(ending);
            }
        }
        return matches;
    }

    private boolean matches(Ending ending, Part part, Request.Dma request, Reply.Dma reply) {
        return switch (reply.result()) {
            case OK ->
                ending.kind() == Ending.Kind.OK
                        ? mismatch(ending, part, reply) == Mismatch.NONE
                        : ending.kind() == Ending.Kind.ABORT && unnoticed(part, request, reply);
            case ABORT -> ending.kind() == Ending.Kind.ABORT;
            case RAZWI ->
                ending.kind() == Ending.Kind.RAZ_WI
                        ? zeros(part, reply.data())
                        : ending.kind() == Ending.Kind.OK
                                && part.length() < request.len()
                                && data(ending, part, reply.data());
            case STALL -> ending.kind() == Ending.Kind.STALL;
            case UNSEEN -> unseen(ending, part, request);
        };
    }

    /** A device without status does not notice that one page of a read over several delivered nothing. */
    private boolean unnoticed(Part part, Request.Dma request, Reply.Dma reply) {
        boolean several = part.length() < request.len();
        return several
                && !platform.has(Feature.STATUS)
                && !part.transaction().isWrite()
                && reply.data().isPresent()
                && zeros(part, reply.data());
    }

    /** What keeps an {@code ok} ending from being the one of an {@code ok} reply. */
    Mismatch mismatch(Ending ending, Part part, Reply.Dma reply) {
        if (part.from() == 0 && reply.pa().isPresent() && reply.pa().get() != ending.physicalAddress()) {
            return Mismatch.ADDRESS;
        }
        if (!data(ending, part, reply.data())) {
            return Mismatch.DATA;
        }
        boolean attributes = part.from() != 0
                || reply.attrs().isEmpty()
                || ending.attributes().isEmpty()
                || attributes(ending.attributes().get(), reply.attrs().get());
        return attributes ? Mismatch.NONE : Mismatch.ATTRIBUTES;
    }

    private static boolean attributes(OutputAttributes expected, Attributes seen) {
        Attributes right = Transactions.attributes(expected);
        return agree(seen.type(), right.type())
                && agree(seen.inner(), right.inner())
                && agree(seen.outer(), right.outer())
                && agree(seen.shareability(), right.shareability())
                && agree(seen.privileged(), right.privileged())
                && agree(seen.instruction(), right.instruction());
    }

    private static <T> boolean agree(Optional<T> seen, Optional<T> right) {
        return seen.isEmpty() || seen.equals(right);
    }

    /** Whether a read may have returned these bytes; what a device returns is its own affair. */
    private boolean data(Ending ending, Part part, Optional<Bytes> data) {
        if (part.transaction().isWrite() || data.isEmpty() || device(ending.physicalAddress())) {
            return true;
        }
        return holds(ending.physicalAddress(), slice(part, data.get()), part.begin());
    }

    /** Whether memory holds it, or has held it since an instant. */
    private boolean holds(long address, byte[] bytes, long since) {
        try {
            return memory.mayHaveHeld(address, bytes, since);
        } catch (ExternalAbort outside) {
            return false;
        }
    }

    boolean device(long address) {
        return platform.device(address);
    }

    static byte[] slice(Part part, Bytes data) {
        byte[] all = data.toArray();
        boolean whole = part.from() == 0 && part.length() == all.length;
        return whole ? all : Arrays.copyOfRange(all, part.from(), Math.min(all.length, part.from() + part.length()));
    }

    private static boolean zeros(Part part, Optional<Bytes> data) {
        if (part.transaction().isWrite() || data.isEmpty()) {
            return true;
        }
        for (byte one : slice(part, data.get())) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * A device without status found nothing: the access was terminated, or it went where nobody looks. What was at a probed address
     * already cannot be told from what was written there.
     */
    private boolean unseen(Ending ending, Part part, Request.Dma request) {
        if (ending.kind() != Ending.Kind.OK || device(ending.physicalAddress())) {
            return true;
        }
        if (!part.transaction().isWrite()) {
            return holds(ending.physicalAddress(), new byte[part.length()], part.begin());
        }
        boolean probed = part.from() == 0 && request.probe().contains(ending.physicalAddress());
        return !probed
                || request.data().isPresent()
                        && holds(
                                ending.physicalAddress(),
                                slice(part, request.data().get()),
                                part.begin());
    }
}
