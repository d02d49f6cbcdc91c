package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Attributes;
import org.nestor.protocol.Reply;

/** Changes to replies. */
final class Changes {
    private Changes() {}

    static Attributes privileged(Attributes attrs) {
        return new Attributes(
                attrs.type(),
                attrs.inner(),
                attrs.outer(),
                attrs.shareability(),
                attrs.privileged().map(value -> !value).or(() -> Optional.of(true)),
                attrs.instruction());
    }

    private static final int PAGE_BITS = 12;
    private static final int ADDRESS_BITS = 24;

    /** Whether the reply says something of which every bit is judged: the page that a DMA reached, the type of an event. */
    static boolean changeable(Reply reply) {
        return reply instanceof Reply.Events events && !events.events().isEmpty()
                || reply instanceof Reply.Dma dma && dma.pa().isPresent();
    }

    /** One bit of that changed. */
    static Reply flip(Reply reply, Random random) {
        if (reply instanceof Reply.Events events) {
            List<Bytes> records = new ArrayList<>(events.events());
            int index = random.nextInt(records.size());
            byte[] record = records.get(index).toArray();
            record[0] ^= 1;
            records.set(index, Bytes.of(record));
            return new Reply.Events(records, events.overflow());
        }
        Reply.Dma dma = (Reply.Dma) reply;
        return new Reply.Dma(
                dma.result(),
                dma.pa().map(pa -> pa ^ 1L << PAGE_BITS + random.nextInt(ADDRESS_BITS)),
                dma.data(),
                dma.attrs(),
                dma.stag(),
                dma.permissions(),
                dma.size());
    }
}
