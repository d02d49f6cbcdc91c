package org.nestor.properties.spec;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.nestor.generators.vectors.Commands;
import org.nestor.properties.spec.GoalTrace.State;
import org.nestor.protocol.Cacheability;
import org.nestor.protocol.Line;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.ObjectBuilder;
import org.nestor.smmu.format.CommandRecord;

/** A trace of smmu/invalidation as a scenario of the protocol: a DMA in each state, which must show one of the values that the module allows. */
final class TraceScenario {
    private static final Map<Long, Cacheability> SHOWN = Map.of(
            0xFFL, Cacheability.WRITE_BACK, 0x44L, Cacheability.NON_CACHEABLE, 0xBBL, Cacheability.WRITE_THROUGH);

    private final GoalTrace trace;
    private final Script script;
    private final WatchedTables tables;

    private TraceScenario(String name, GoalTrace trace) {
        this.trace = trace;
        this.script = new Script(name);
        this.tables = new WatchedTables(script.memory(), trace.word(), trace.global());
    }

    /** The lines of the scenario. */
    static List<Line> of(String name, GoalTrace trace) {
        TraceScenario scenario = new TraceScenario(name, trace);
        scenario.write();
        return scenario.script.lines();
    }

    private void write() {
        script.start(tables.streams().strtabBase(), tables.streams().strtabBaseCfg());
        for (State state : trace.states()) {
            script.dma(WatchedTables.STREAM, WatchedTables.ADDRESS, expected(state.allowed()));
            perform(state);
        }
        script.events();
    }

    private void perform(State state) {
        switch (state.operation()) {
            case "Write" -> tables.write(WatchedTables.VALUES.indexOf(state.value()));
            case "Publish" -> script.publish(command(state.opcode()));
            case "Synchronise" -> {
                script.publish(Commands.sync());
                script.await();
            }
            default -> {}
        }
    }

    private static CommandRecord command(String opcode) {
        int stream = WatchedTables.STREAM;
        int vmid = WatchedTables.VMID;
        int asid = WatchedTables.ASID;
        return switch (opcode) {
            case "CfgiSte" -> Commands.cfgiSte(stream, true);
            case "CfgiCd" -> Commands.cfgiCd(stream, WatchedTables.SUBSTREAM, true);
            case "CfgiCdAll" -> Commands.cfgiCdAll(stream);
            case "CfgiAll" -> Commands.cfgiAll();
            case "NhVa" -> Commands.nhVa(vmid, asid, WatchedTables.ADDRESS, false);
            case "NhVaa" -> Commands.nhVaa(vmid, WatchedTables.ADDRESS, false);
            case "NhAsid" -> Commands.nhAsid(vmid, asid);
            case "NhAll" -> Commands.nhAll(vmid);
            case "S2Ipa" -> Commands.s2Ipa(vmid, WatchedTables.IPA, false);
            case "S12Vmall" -> Commands.s12Vmall(vmid);
            case "NsnhAll" -> Commands.nsnhAll();
            default -> throw new IllegalArgumentException(opcode);
        };
    }

    private Json.Obj expected(Set<String> allowed) {
        return new ObjectBuilder()
                .text("result", "ok")
                .list("anyOf", new TreeSet<>(allowed), this::shown)
                .build();
    }

    private Json shown(String value) {
        int index = WatchedTables.VALUES.indexOf(value);
        if (trace.word() == WatchedWord.CD) {
            Cacheability inner = SHOWN.get(WatchedTables.MAIRS.get(index));
            Json attrs = new ObjectBuilder().text("inner", inner.wire()).build();
            return new ObjectBuilder().put("attrs", attrs).build();
        }
        return new ObjectBuilder()
                .hex("pa", WatchedTables.OUTPUT + WatchedTables.PAGE * index)
                .build();
    }
}
