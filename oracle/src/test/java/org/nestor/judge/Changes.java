package org.nestor.judge;

import java.util.Optional;
import org.nestor.protocol.Attributes;

/** Changes to replies. */
final class Changes {
    private Changes() {}

    static Attributes privileged(Attributes attrs) {
        return new Attributes(
                attrs.type(),
                attrs.inner(),
                attrs.outer(),
                attrs.shareability(),
                attrs.privileged().map(value -> !value).or(() -> Optional.of(true)),
                attrs.instruction());
    }
}
