package org.nestor.oracle.qemu;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.JsonException;
import org.nestor.protocol.json.JsonReader;
import org.nestor.protocol.json.JsonWriter;
import org.nestor.protocol.json.Located;
import org.nestor.protocol.json.Members;
import org.nestor.protocol.json.ObjectBuilder;

/** QEMU's machine protocol: JSON lines, with events that may come before or after the answer to what caused them. */
final class QmpLink implements AutoCloseable {
    private static final String SMMU = "child<arm-smmuv3>";
    private static final String DEVICES = "/machine/unattached";
    private static final int VERSION_BITS = 16;

    private final LineSocket socket;
    private final Map<String, Integer> events = new HashMap<>();
    private final String version;

    /** Takes the greeting and gets ready for commands. */
    QmpLink(LineSocket socket) {
        this.socket = socket;
        this.version = version(read(socket.readLine()));
        execute("qmp_capabilities", new ObjectBuilder().build());
    }

    private static String version(Located greeting) {
        try {
            Members qemu = greeting.object()
                    .required("QMP")
                    .object()
                    .required("version")
                    .object()
                    .required("qemu")
                    .object();
            return String.join(
                    ".",
                    List.of("major", "minor", "micro").stream()
                            .map(part -> Long.toString(qemu.required(part).unsigned(VERSION_BITS)))
                            .toList());
        } catch (JsonException e) {
            throw LostPeerException.died("its greeting makes no sense: " + e.sentence());
        }
    }

    /** QEMU's version, such as {@code 10.0.2}. */
    String version() {
        return version;
    }

    /** The path of the machine's SMMU in the object tree. */
    String smmuPath() {
        Located devices =
                execute("qom-list", new ObjectBuilder().text("path", DEVICES).build());
        return devices.list().stream()
                .map(Located::object)
                .filter(device -> device.required("type").text().equals(SMMU))
                .map(device -> DEVICES + "/" + device.required("name").text())
                .findFirst()
                .orElseThrow(() -> LostPeerException.died("its machine has no SMMUv3"));
    }

    /** Resets the machine, and returns when that has happened: the answer to the command only says that it will. */
    void systemReset() {
        events.remove("RESET");
        execute("system_reset", new ObjectBuilder().build());
        while (!events.containsKey("RESET")) {
            note(read(socket.readLine()));
        }
    }

    private Located execute(String command, Json.Obj arguments) {
        socket.write(JsonWriter.write(new ObjectBuilder()
                .text("execute", command)
                .put("arguments", arguments)
                .build()));
        while (true) {
            Located line = read(socket.readLine());
            Members members = line.object();
            if (members.has("return")) {
                return members.required("return");
            } else if (members.has("error")) {
                throw LostPeerException.died("it refused " + command + ": " + JsonWriter.write(line.json()));
            }
            note(line);
        }
    }

    private void note(Located line) {
        Members members = line.object();
        if (!members.has("event")) {
            throw LostPeerException.died("it wrote " + JsonWriter.write(line.json()));
        }
        events.merge(members.required("event").text(), 1, Integer::sum);
    }

    private static Located read(String line) {
        try {
            return JsonReader.read(line);
        } catch (JsonException e) {
            throw LostPeerException.died("it wrote " + Located.quote(line) + ": " + e.sentence());
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
