package org.nestor.oracle.qemu;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
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
    private static final String RESET = "RESET";
    private static final int VERSION_BITS = 16;

    private final LineSocket socket;
    private final Set<String> events = new HashSet<>();
    private final String version;

    /** Takes the greeting and gets ready for commands. */
    QmpLink(LineSocket socket) {
        this.socket = socket;
        this.version = understood(() -> version(read()));
        Located unused = understood(() -> execute("qmp_capabilities", new ObjectBuilder().build()));
    }

    private static String version(Located greeting) {
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
    }

    /** QEMU's version, such as {@code 10.0.2}. */
    String version() {
        return version;
    }

    /** The path of the machine's SMMU in the object tree. */
    String smmuPath() {
        Json.Obj arguments = new ObjectBuilder().text("path", DEVICES).build();
        return understood(() -> smmuOf(execute("qom-list", arguments)));
    }

    private static String smmuOf(Located devices) {
        return devices.list().stream()
                .map(Located::object)
                .filter(device -> device.required("type").text().equals(SMMU))
                .map(device -> DEVICES + "/" + device.required("name").text())
                .findFirst()
                .orElseThrow(() -> LostPeerException.died("its machine has no SMMUv3"));
    }

    /** Resets the machine, and returns when that has happened: the answer to the command only says that it will. */
    void systemReset() {
        events.remove(RESET);
        Located unused = understood(() -> execute("system_reset", new ObjectBuilder().build()));
        while (!events.contains(RESET)) {
            events.add(understood(() -> event(read())));
        }
    }

    private Located execute(String command, Json.Obj arguments) {
        socket.write(JsonWriter.write(new ObjectBuilder()
                .text("execute", command)
                .put("arguments", arguments)
                .build()));
        while (true) {
            Located line = read();
            Members members = line.object();
            if (members.has("return")) {
                return members.required("return");
            } else if (members.has("error")) {
                throw LostPeerException.died("it refused " + command + ": " + JsonWriter.write(line.json()));
            }
            events.add(event(line));
        }
    }

    private static String event(Located line) {
        return line.object().required("event").text();
    }

    private Located read() {
        return JsonReader.read(socket.readLine());
    }

    private static <T> T understood(Supplier<T> conversation) {
        try {
            return conversation.get();
        } catch (JsonException e) {
            throw LostPeerException.died("it said what is not QMP: column " + e.column() + ": " + e.sentence());
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
