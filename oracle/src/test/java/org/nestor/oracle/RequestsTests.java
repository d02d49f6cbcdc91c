package org.nestor.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.generators.scenario.Action;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Ats;
import org.nestor.protocol.Permission;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Request;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Access;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.PageRequest;

class RequestsTests {
    private static final Bytes DATA = Bytes.of(new byte[] {1, 2, 3, 4});
    private static final Action.Dma WRITE = new Action.Dma(
            -1,
            OptionalInt.of(5),
            -4096,
            Access.WRITE,
            4,
            Optional.of(DATA),
            true,
            false,
            AtsKind.TRANSLATED,
            List.of(0x1000L));

    static Stream<Arguments> requests() {
        return Stream.of(
                arguments(new Action.Reset(Map.of(Register.IDR0, 5L)), new Request.Reset(Map.of("IDR0", 5L))),
                arguments(
                        new Action.MemWrite(0x40, DATA), new Request.MemWrite(0x40, DATA, Request.MemWrite.Form.DATA)),
                arguments(new Action.MemRead(0x40, 8), new Request.MemRead(0x40, 8)),
                arguments(new Action.RegWrite(Register.CR0, 9), new Request.RegWrite(new RegisterRef.Named("CR0"), 9)),
                arguments(new Action.RegRead(Register.CR0ACK), new Request.RegRead(new RegisterRef.Named("CR0ACK"))),
                arguments(new Action.OffsetWrite(0x20, 4, 1), new Request.RegWrite(new RegisterRef.Offset(0x20, 4), 1)),
                arguments(new Action.OffsetRead(0x80, 8), new Request.RegRead(new RegisterRef.Offset(0x80, 8))),
                arguments(new Action.Events(), new Request.Events()),
                arguments(new Action.Step(), new Request.Step()),
                arguments(new Action.Irqs(), new Request.Irqs()),
                arguments(
                        WRITE,
                        new Request.Dma(
                                0xFFFF_FFFFL,
                                -4096,
                                org.nestor.protocol.Access.WRITE,
                                Optional.of(5),
                                4,
                                Optional.of(DATA),
                                true,
                                false,
                                Ats.TRANSLATED,
                                List.of(0x1000L))),
                arguments(
                        new Action.PageRequest(new PageRequest(7, true, 3, 0x5000, true, false, true, false, true, 12)),
                        new Request.PageRequest(
                                7,
                                0x5000,
                                List.of(Permission.READ, Permission.EXEC),
                                Optional.of(3),
                                false,
                                12,
                                true)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void actionBecomesTheRequestThatAsksForIt(Action action, Request request) {
        assertEquals(request, Requests.of(action));
    }

    @Test
    void everyKindOfActionIsAmongTheExamples() {
        assertEquals(
                List.of(Action.class.getPermittedSubclasses()).size(),
                requests()
                        .map(example -> example.get()[0].getClass())
                        .distinct()
                        .count());
    }
}
