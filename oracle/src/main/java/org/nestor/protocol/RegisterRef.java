package org.nestor.protocol;

import java.util.regex.Pattern;

/** Which register a request means. */
public sealed interface RegisterRef {

    /**
     * A register by its architectural name, accessed at its natural width.
     *
     * @param name such as {@code CR0}
     */
    record Named(String name) implements RegisterRef {
        private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");

        public Named {
            if (!isName(name)) {
                throw new IllegalArgumentException("not a register name: " + name);
            }
        }

        /** True when this could be the name of a register; whether there is one of that name is not known here. */
        static boolean isName(String name) {
            return NAME.matcher(name).matches();
        }
    }

    /**
     * A register by its offset.
     *
     * @param offset bytes from the start of the SMMU's register page 0
     * @param size width of the access in bytes, 4 or 8
     */
    record Offset(long offset, int size) implements RegisterRef {
        public Offset {
            if (size != Integer.BYTES && size != Long.BYTES) {
                throw new IllegalArgumentException("a register is accessed by 4 or 8 bytes, not " + size);
            }
        }
    }
}
