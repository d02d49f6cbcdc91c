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

    /** Whether the reply says something in which a bit can be changed. */
    static boolean changeable(Reply reply) {
        return reply instanceof Reply.Value
                || reply instanceof Reply.Data
                || reply instanceof Reply.Events events && !events.events().isEmpty()
                || reply instanceof Reply.Dma dma && dma.pa().isPresent();
    }

    /** One bit changed: in a register's value, in memory, in an event record, or in where a DMA went. */
    static Reply flip(Reply reply, Random random) {
        if (reply instanceof Reply.Value value) {
            return new Reply.Value(value.value() ^ 1L << random.nextInt(Integer.SIZE));
        } else if (reply instanceof Reply.Data data) {
            return new Reply.Data(flip(data.data(), random));
        } else if (reply instanceof Reply.Events events) {
            List<Bytes> records = new ArrayList<>(events.events());
            int index = random.nextInt(records.size());
            records.set(index, flip(records.get(index), random));
            return new Reply.Events(records, events.overflow());
        }
        Reply.Dma dma = (Reply.Dma) reply;
        return new Reply.Dma(
                dma.result(),
                dma.pa().map(pa -> pa ^ 1L << random.nextInt(Integer.SIZE)),
                dma.data(),
                dma.attrs(),
                dma.stag(),
                dma.permissions(),
                dma.size());
    }

    private static Bytes flip(Bytes bytes, Random random) {
        byte[] content = bytes.toArray();
        content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return Bytes.of(content);
    }
}
