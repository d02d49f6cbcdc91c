package org.nestor.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.oracle.Caching;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Line;
import org.nestor.protocol.ScenarioLine;
import org.nestor.protocol.ScenarioReader;
import org.nestor.smmu.register.Profile;

/**
 * Traces of QEMU in which one of several records is wrong, and could be taken for a wrong one of any of several transactions: the
 * verdict is about the one that came last, and the others keep those that fit them.
 */
class BlameTests {

    @ParameterizedTest
    @CsvSource({
        "rnw-beside-an-open-record, event record F_WALK_EABT: RnW wrong",
        "ipa-beside-an-open-record, event record of a translation fault: RES0 of doubleword 3 wrong",
        "illegal-ste-beside-a-later-fault, event record F_TRANSLATION where C_BAD_STE is due"
    })
    void theWrongRecordIsBlamed(String trace, String title) throws Exception {
        assertEquals(Optional.of(title), firstDivergence(trace).map(Verdict.Diverges::title));
    }

    private static Optional<Verdict.Diverges> firstDivergence(String name) throws Exception {
        Judge judge = Judge.of(Platform.of(new ReferenceConfiguration(Profile.QEMU, Caching.NEVER, 0)));
        URL trace = Objects.requireNonNull(BlameTests.class.getResource("diverging/" + name + ".jsonl"));
        try (ScenarioReader reader = ScenarioReader.open(Path.of(trace.toURI()))) {
            for (Optional<ScenarioLine> next = reader.next(); next.isPresent(); next = reader.next()) {
                if (next.get().line() instanceof Line.Exchange exchange) {
                    Verdict verdict =
                            judge.judge(exchange.request(), exchange.reply().orElseThrow());
                    if (verdict instanceof Verdict.Diverges divergence) {
                        return Optional.of(divergence);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
