package org.nestor.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.nestor.bench.WalkBench;
import org.nestor.bench.WalkCase;
import org.nestor.bench.WalkRow;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nestor bench}: how fast the hot paths are. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the translation hot paths with JMH and prints one CSV line a case.",
            "ns_per_op is thread CPU time; compare rows with `floor`, which does the 15 dependent reads of a nested walk alone."
        })
final class BenchCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "BENCHMARK", description = "The benchmark: walk.", defaultValue = "walk")
    private String benchmark = "walk";

    @Option(
            names = "--case",
            paramLabel = "CASE",
            split = ",",
            description =
                    "Only these cases: nested-miss, nested-cold, nested-hit, stage1-miss, stage2-miss, bypass, invalidate, floor.")
    private List<String> cases = List.of();

    @Option(
            names = "--iterations",
            paramLabel = "N",
            description = "Measured iterations a case (default: ${DEFAULT-VALUE}).")
    private int iterations = 10;

    @Option(
            names = "--millis",
            paramLabel = "MS",
            description = "Length of an iteration in milliseconds (default: ${DEFAULT-VALUE}).")
    private long millis = 300;

    @Override
    public Integer call() {
        if (!benchmark.equals("walk")) {
            throw refused("unknown benchmark '" + benchmark + "', expected walk");
        }
        if (iterations < 1 || millis < 1) {
            throw refused("--iterations and --millis must be at least 1");
        }
        List<WalkCase> rows = cases.isEmpty()
                ? Arrays.asList(WalkCase.values())
                : cases.stream().map(this::walkCase).toList();
        PrintWriter out = spec.commandLine().getOut();
        out.println(WalkRow.HEADER);
        WalkBench bench = new WalkBench(iterations, millis);
        boolean right = true;
        for (WalkCase row : rows) {
            WalkRow measured = bench.measure(row);
            right &= measured.bad() == 0;
            out.println(measured.csv());
            out.flush();
        }
        return right ? 0 : 1;
    }

    private WalkCase walkCase(String label) {
        return WalkCase.named(label).orElseThrow(() -> refused("unknown case '" + label + "'"));
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
