package org.nestor.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/**
 * A way in which a request may come out, told by its reply alone: how a DMA ended, what an event record tells of. Two replies of one
 * kind differ in addresses, streams and data at most.
 *
 * @param name in a few words
 */
record OutcomeKind(String name) implements Comparable<OutcomeKind> {
    private static final OutcomeKind OVERFLOW = new OutcomeKind("event queue: overflow");
    private static final int CLASS_TT = 1;

    /** The kinds of what came out; none of requests that come out in one way only. */
    static List<OutcomeKind> of(Request request, Reply reply) {
        if (request instanceof Request.Dma dma && reply instanceof Reply.Dma end) {
            return List.of(ofDma(dma, end));
        } else if (reply instanceof Reply.Events events) {
            return ofEvents(events);
        } else if (reply instanceof Reply.Stepped step) {
            return step.completed().stream()
                    .map(end ->
                            new OutcomeKind("end of a stall: " + end.result().wire()))
                    .toList();
        } else if (reply instanceof Reply.Irqs irqs) {
            return irqs.irqs().stream()
                    .map(irq -> new OutcomeKind("interrupt: " + irq.wire()))
                    .toList();
        } else if (reply instanceof Reply.PageRequest page) {
            String code = page.code().map(one -> " " + one.wire()).orElse("");
            return List.of(new OutcomeKind("page request: " + page.result().wire() + code));
        }
        return List.of();
    }

    private static OutcomeKind ofDma(Request.Dma dma, Reply.Dma end) {
        String what = switch (dma.ats()) {
            case UNTRANSLATED -> "DMA: ";
            case TRANSLATED -> "translated DMA: ";
            case REQUEST -> "translation request: ";
        };
        String rights = end.permissions()
                .map(all -> all.stream().map(one -> " " + one.wire()).collect(Collectors.joining()))
                .orElse("");
        return new OutcomeKind(what + end.result().wire() + rights);
    }

    private static List<OutcomeKind> ofEvents(Reply.Events events) {
        List<OutcomeKind> kinds = new ArrayList<>();
        for (Bytes raw : events.events()) {
            kinds.add(ofRecord(EventRecord.fromBytes(raw.toArray())));
        }
        if (events.overflow()) {
            kinds.add(OVERFLOW);
        }
        return kinds;
    }

    /** Faults of a translation differ in what they tell of how far it got. */
    private static OutcomeKind ofRecord(EventRecord record) {
        StringBuilder name = new StringBuilder("event: ");
        name.append(record.type().map(Enum::name).orElse("of another number"));
        if (record.type().filter(EventType::isTranslationRelated).isPresent()) {
            name.append(record.s2() ? ", stage 2" : ", stage 1");
            name.append(record.faultClass() == 0 ? ", CD" : record.faultClass() == CLASS_TT ? ", TT" : ", IN");
            name.append(record.stall() ? ", stalled" : "");
        }
        return new OutcomeKind(name.toString());
    }

    @Override
    public int compareTo(OutcomeKind other) {
        return name.compareTo(other.name);
    }
}
