package org.nestor.protocol;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.Located;

/** A constant that has a name in the protocol. */
public interface Wire {
    /** The name as it is written in a line. */
    String wire();

    /** The name as JSON. */
    default Json json() {
        return new Json.Text(wire());
    }

    /** The constant whose name a member holds. */
    static <T extends Wire> T read(Located value, T[] all) {
        String name = value.json() instanceof Json.Text text ? text.value() : "";
        return Arrays.stream(all)
                .filter(constant -> constant.wire().equals(name))
                .findFirst()
                .orElseThrow(() -> value.refuse(
                        "one of " + Arrays.stream(all).map(Wire::wire).collect(Collectors.joining(", "))));
    }
}
