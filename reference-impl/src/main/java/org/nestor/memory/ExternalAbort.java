package org.nestor.memory;

/**
 * An access that the memory system answered with an external abort.
 *
 * <p>An exception and not a result value, because an abort is rare and ends whatever procedure made the access: the procedure
 * that knows what the access was for turns it into the event the architecture asks for. It carries no stack trace, as it is an
 * architectural outcome and not a defect of the program.
 */
public final class ExternalAbort extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long address;

    public ExternalAbort(long address) {
        super("external abort at 0x" + Long.toHexString(address), null, false, false);
        this.address = address;
    }

    /** Physical address of the access that was aborted. */
    public long address() {
        return address;
    }
}
