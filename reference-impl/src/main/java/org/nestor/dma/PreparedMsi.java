package org.nestor.dma;

import java.util.Optional;

/**
 * An MSI that is ready to be programmed into its device.
 *
 * @param address what the device writes to
 */
public record PreparedMsi(long address, Optional<Binding> binding) {

    /** A binding that the MSI goes through. */
    public static final class Binding {
        private final NestedMsiCookie cookie;
        private final MsiBinding entry;

        Binding(NestedMsiCookie cookie, MsiBinding entry) {
            this.cookie = cookie;
            this.entry = entry;
        }

        boolean isGone() {
            return !cookie.holds(entry);
        }
    }
}
