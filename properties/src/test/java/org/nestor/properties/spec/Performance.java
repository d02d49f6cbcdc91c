package org.nestor.properties.spec;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nestor.judge.Judge;
import org.nestor.judge.Platform;
import org.nestor.judge.Verdict;
import org.nestor.oracle.EmbeddedReference;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.protocol.Line;
import org.nestor.protocol.LineWriter;
import org.nestor.protocol.ProtocolException;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.ScenarioLine;
import org.nestor.protocol.ScenarioReader;

/**
 * What a scenario came to on the reference.
 *
 * @param unexpected replies that were not as the scenario expects
 * @param diverging replies that the judge does not allow
 * @param open how many replies the judge could not judge
 * @param last the reply to the last DMA
 */
record Performance(List<String> unexpected, List<String> diverging, int open, Optional<Reply.Dma> last) {

    /** Writes the scenario as a file is written, reads it again, executes it, and has a judge follow. */
    static Performance of(List<Line> scenario, ReferenceConfiguration configuration) {
        EmbeddedReference reference = configuration.create();
        Judge judge = Judge.of(Platform.of((Reply.Introduction) reference.send(new Request.Hello())));
        List<String> unexpected = new ArrayList<>();
        List<String> diverging = new ArrayList<>();
        int open = 0;
        Optional<Reply.Dma> last = Optional.empty();
        for (Line.Exchange exchange : read(scenario)) {
            Reply reply = reference.send(exchange.request());
            exchange.expect()
                    .flatMap(expected -> expected.mismatch(reply))
                    .ifPresent(mismatch -> unexpected.add(LineWriter.write(exchange.request()) + ": " + mismatch));
            Verdict verdict = judge.judge(exchange.request(), reply);
            if (verdict instanceof Verdict.Diverges) {
                diverging.add(LineWriter.write(exchange.answered(reply)) + ": " + verdict);
            }
            open += verdict instanceof Verdict.Indeterminate ? 1 : 0;
            last = reply instanceof Reply.Dma dma ? Optional.of(dma) : last;
        }
        return new Performance(unexpected, diverging, open, last);
    }

    private static List<Line.Exchange> read(List<Line> scenario) {
        String text = scenario.stream().map(LineWriter::write).collect(Collectors.joining("\n", "", "\n"));
        List<Line.Exchange> exchanges = new ArrayList<>();
        try (ScenarioReader reader = new ScenarioReader(
                "trace.scenario.jsonl", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))) {
            for (ScenarioLine line : reader.all()) {
                if (line.line() instanceof Line.Exchange exchange) {
                    exchanges.add(exchange);
                }
            }
        } catch (IOException | ProtocolException e) {
            throw new IllegalStateException(e);
        }
        return exchanges;
    }
}
