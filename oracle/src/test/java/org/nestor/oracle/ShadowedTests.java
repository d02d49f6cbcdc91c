package org.nestor.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleCounter;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Profile;

class ShadowedTests {
    /** GBPA decides what becomes of a transaction after a reset. */
    private static final RuleId GBPA = RuleId.of("A-GBP-02");

    private static final Request DMA = new Request.Dma(
            0, 0x1000, Access.READ, Optional.empty(), 4, Optional.empty(), false, false, Ats.UNTRANSLATED, List.of());

    private final RuleCounter rules = new RuleCounter();
    private final Silent silent = new Silent();

    /** Answers as a minimal reference does, which tells nobody its rules, until it refuses. */
    private static final class Silent implements ImplementationUnderTest {
        private final EmbeddedReference reference =
                new ReferenceConfiguration(Profile.MINIMAL, Caching.NEVER, 0).create();
        private boolean refusing;
        private boolean closed;

        @Override
        public Reply send(Request request) {
            return refusing ? new Reply.Failure(ErrorCode.UNSUPPORTED, "no") : reference.send(request);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void whereNobodyListensThereIsNoReferenceBesideIt() {
        assertSame(silent, Shadowed.over(silent, RuleLog.NONE));
    }

    @Test
    void itAnswersByItselfAndTheReferenceBesideItTellsTheRules() {
        ImplementationUnderTest sut = Shadowed.over(silent, rules);
        Reply.Introduction hello = (Reply.Introduction) sut.send(new Request.Hello());
        assertEquals(
                Profile.MINIMAL.idRegisters().idr0(), hello.idr().get("IDR0").intValue());
        sut.send(new Request.Reset(Map.of()));
        Reply reply = sut.send(DMA);
        assertEquals(silent.reference.send(DMA), reply);
        assertTrue(rules.snapshot().containsKey(GBPA), () -> rules.snapshot().toString());
    }

    @Test
    void nothingIsToldBeforeItHasSaidWhoItIs() {
        Shadowed.over(silent, rules).send(DMA);
        assertEquals(Map.of(), rules.snapshot());
    }

    @Test
    void aRequestThatWasRefusedDecidesNothing() {
        ImplementationUnderTest sut = Shadowed.over(silent, rules);
        sut.send(new Request.Hello());
        silent.refusing = true;
        sut.send(DMA);
        assertEquals(Map.of(), rules.snapshot());
    }

    @Test
    void itEndsWithWhatIsUnderTest() {
        ImplementationUnderTest sut = Shadowed.over(silent, rules);
        assertFalse(silent.closed);
        sut.close();
        assertTrue(silent.closed);
    }
}
