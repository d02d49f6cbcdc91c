package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Request;

class StageTests {
    private static final List<Request.Architectural> REQUESTS =
            List.of(new Request.Reset(Map.of()), new Request.Step(), new Request.Irqs());

    @Test
    void aReplyThatTheJudgeBreaksDownOnIsNotJudged() throws Exception {
        Judging breaking = (platform, rules) -> (request, reply) -> {
            throw new IllegalStateException("planted");
        };
        try (Stage stage = new Stage(ReferenceConfiguration.DEFAULT::create, breaking, true)) {
            Played played = stage.replay(REQUESTS, 1);
            assertTrue(played.failure().isEmpty());
            assertEquals(0, played.conforms());
            assertEquals(3, played.indeterminate().size());
            assertTrue(played.indeterminate().get(0).startsWith("internal error of the judge: "), played.toString());
        }
    }

    @Test
    void whatIsAskedBeforeTheFirstPlayCountsForNone() throws Exception {
        try (Stage stage = new Stage(Quick::new, Judging.BY_THE_ARCHITECTURE, true)) {
            for (int play = 0; play < 2; play++) {
                long hits = stage.replay(REQUESTS, 1).hits().getOrDefault(Quick.RULE, 0L);
                assertEquals(REQUESTS.size(), hits);
            }
        }
    }
}
