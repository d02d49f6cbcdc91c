package org.nestor.protocol;

import static org.nestor.protocol.RequestArbitraries.bits;
import static org.nestor.protocol.RequestArbitraries.bytes;
import static org.nestor.protocol.RequestArbitraries.longs;
import static org.nestor.protocol.RequestArbitraries.text;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random replies that fit a given request. */
final class ReplyArbitraries {
    private static final int FEW = 3;

    private ReplyArbitraries() {}

    static Arbitrary<Reply> to(Request request) {
        Arbitrary<Reply> failures =
                Combinators.combine(Arbitraries.of(ErrorCode.class), text()).as(Reply.Failure::new);
        return Arbitraries.frequencyOf(Tuple.of(1, failures), Tuple.of(9, results(request)));
    }

    private static Arbitrary<? extends Reply> results(Request request) {
        if (!(request instanceof Request.Architectural architectural)) {
            return Combinators.combine(Arbitraries.of("0", "EINVAL", "E2BIG"), RequestArbitraries.members())
                    .as(Reply.Api::new);
        }
        return switch (Op.of(architectural)) {
            case RESET, MEM_WRITE, REG_WRITE, BYE -> Arbitraries.just(new Reply.Done());
            case HELLO -> introductions();
            case MEM_READ -> bytes().map(Reply.Data::new);
            case REG_READ -> longs().map(Reply.Value::new);
            case DMA -> dmas();
            case PRI -> pages();
            case EVENTS ->
                Combinators.combine(bytes(Limits.EVENT_BYTES).list().ofMaxSize(FEW), Arbitraries.of(true, false))
                        .as(Reply.Events::new);
            case STEP ->
                Combinators.combine(dmas(), stags())
                        .as(ReplyArbitraries::stalled)
                        .list()
                        .ofMaxSize(FEW)
                        .map(Reply.Stepped::new);
            case IRQS -> Arbitraries.of(Interrupt.class).list().ofMaxSize(FEW).map(Reply.Irqs::new);
        };
    }

    private static Arbitrary<Integer> stags() {
        return bits(Limits.STALL_TAG_BITS).map(Long::intValue);
    }

    private static Reply.Dma stalled(Reply.Dma dma, int stag) {
        return new Reply.Dma(
                dma.result(), dma.pa(), dma.data(), dma.attrs(), Optional.of(stag), dma.permissions(), dma.size());
    }

    static Arbitrary<Reply.Introduction> introductions() {
        Arbitrary<MemoryWindow> windows = Combinators.combine(
                        bits(62), bits(62).map(size -> size + 1), Arbitraries.of(true, false))
                .as(MemoryWindow::new);
        return Combinators.combine(
                        text(),
                        text(),
                        Arbitraries.integers().greaterOrEqual(1),
                        Arbitraries.of(Feature.class).list().uniqueElements(),
                        windows.list().ofMaxSize(FEW),
                        bits(Limits.STREAM_ID_BITS).list().ofMaxSize(FEW),
                        RequestArbitraries.registers(),
                        Arbitraries.integers().greaterOrEqual(1))
                .as(Reply.Introduction::new);
    }

    static Arbitrary<Reply.Dma> dmas() {
        return Combinators.combine(
                        Arbitraries.of(DmaResult.class),
                        longs().optional(),
                        bytes().optional(),
                        attributes().optional(),
                        stags(),
                        RequestArbitraries.permissions().optional(),
                        longs().optional())
                .as((result, pa, data, attrs, stag, permissions, size) -> {
                    boolean ok = result == DmaResult.OK;
                    return new Reply.Dma(
                            result,
                            pa.filter(x -> ok),
                            data,
                            attrs.filter(x -> ok),
                            Optional.of(stag).filter(x -> result == DmaResult.STALL),
                            permissions.filter(x -> ok),
                            size.filter(x -> ok));
                });
    }

    private static Arbitrary<Attributes> attributes() {
        return Combinators.combine(
                        Arbitraries.of(MemoryType.class).optional(),
                        Arbitraries.of(Cacheability.class).optional(),
                        Arbitraries.of(Cacheability.class).optional(),
                        Arbitraries.of(Shareability.class).optional(),
                        Arbitraries.of(true, false).optional(),
                        Arbitraries.of(true, false).optional())
                .as(Attributes::new);
    }

    private static Arbitrary<Reply.PageRequest> pages() {
        return Arbitraries.of(PageResponseCode.class)
                .optional()
                .map(code -> new Reply.PageRequest(
                        code.isPresent() ? PageRequestResult.RESPONSE : PageRequestResult.QUEUED, code));
    }
}
