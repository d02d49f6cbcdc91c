package org.nestor.properties.spec;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nestor.generators.vectors.Commands;
import org.nestor.protocol.Line;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.ObjectBuilder;
import org.nestor.smmu.format.CommandRecord;

/**
 * What software does in a trace of smmu/nested as a scenario of the protocol: a DMA before each operation, of which the judge alone knows
 * how it may end, and one at the end, which must reach one of some pages.
 */
final class NestedScenario {
    private static final Map<String, String> ATOMS =
            Map.of("Stream", "S", "Vm", "M", "Context", "K", "Va", "X", "Ipa", "I", "Page", "P");

    private final TraceReader trace;
    private final Script script;
    private final NestedTables tables;

    private NestedScenario(String name, TraceReader trace) {
        this.trace = trace;
        this.script = new Script(name);
        this.tables = new NestedTables(script.memory());
    }

    /**
     * The lines of the scenario.
     *
     * @param pages what the last DMA may reach, as the trace calls it
     */
    static List<Line> of(String name, TraceReader trace, Set<String> pages) {
        NestedScenario scenario = new NestedScenario(name, trace);
        scenario.write(pages);
        return scenario.script.lines();
    }

    private void write(Set<String> pages) {
        begin();
        int last = trace.length() - 1;
        String stream = atom(trace.one("Now.stream", last));
        String va = atom(trace.one("Now.va", last));
        for (int state = 0; state < last; state++) {
            NestedAction action = action(state);
            tables.perform(action);
            publish(action);
            if (!action.operation().equals("Map2")) {
                script.dma(NestedTables.streamId(stream), NestedTables.address(va));
            }
        }
        script.dma(NestedTables.streamId(stream), NestedTables.address(va), expected(pages));
        script.events();
    }

    private void begin() {
        trace.rows("Memory.ste", 0).forEach(row -> tables.setSte(atom(row.get(0)), atom(row.get(1))));
        trace.rows("Memory.cd", 0).forEach(row -> tables.setCd(atom(row.get(0)), atom(row.get(1))));
        trace.rows("Memory.stage1", 0)
                .forEach(row -> tables.map1(atom(row.get(0)), atom(row.get(1)), atom(row.get(2))));
        script.start(tables.streams().strtabBase(), tables.streams().strtabBaseCfg());
    }

    private NestedAction action(int state) {
        Map<String, String> arguments = new HashMap<>();
        ATOMS.keySet().forEach(sig -> {
            String argument = sig.toLowerCase(Locale.ROOT);
            trace.ask("Now." + argument, state).forEach(atom -> arguments.put(argument, atom(atom)));
        });
        return new NestedAction(trace.one("Now.operation", state).replace("$0", ""), Map.copyOf(arguments));
    }

    /** Vm$1 is M1 in the tables. */
    private static String atom(String name) {
        String[] parts = name.split("\\$", 2);
        return ATOMS.get(parts[0]) + parts[1];
    }

    private void publish(NestedAction action) {
        switch (action.operation()) {
            case "Ipa2" ->
                NestedTables.IPAS.forEach(ipa ->
                        script.publish(Commands.s2Ipa(NestedTables.vmid(action.vm()), NestedTables.ipa(ipa), false)));
            case "NhAll" -> script.publish(Commands.nhAll(NestedTables.vmid(action.vm())));
            case "Vmall" -> script.publish(Commands.s12Vmall(NestedTables.vmid(action.vm())));
            case "Sync" -> {
                CommandRecord sync = Commands.sync();
                script.publish(sync);
                script.await();
            }
            default -> {}
        }
    }

    private static Json.Obj expected(Set<String> pages) {
        return new ObjectBuilder()
                .text("result", "ok")
                .list(
                        "anyOf",
                        new TreeSet<>(pages),
                        page -> new ObjectBuilder()
                                .hex("pa", NestedTables.output(atom(page)))
                                .build())
                .build();
    }
}
