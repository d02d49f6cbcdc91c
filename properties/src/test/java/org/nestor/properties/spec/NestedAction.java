package org.nestor.properties.spec;

import java.util.Map;
import java.util.Optional;

/**
 * What is done in a step of smmu/nested.
 *
 * @param operation its name in the module
 * @param arguments atoms by the name of the argument
 */
record NestedAction(String operation, Map<String, String> arguments) {
    static final NestedAction IDLE = new NestedAction("Idle", Map.of());

    String stream() {
        return argument("stream");
    }

    String vm() {
        return argument("vm");
    }

    String context() {
        return argument("context");
    }

    String va() {
        return argument("va");
    }

    String ipa() {
        return argument("ipa");
    }

    String page() {
        return argument("page");
    }

    private String argument(String name) {
        return Optional.ofNullable(arguments.get(name))
                .orElseThrow(() -> new IllegalArgumentException(operation + " without " + name));
    }
}
