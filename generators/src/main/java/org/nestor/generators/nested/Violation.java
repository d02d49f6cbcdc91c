package org.nestor.generators.nested;

/**
 * A property that a run has broken.
 *
 * @param property which
 * @param message what was seen, and what was expected
 */
public record Violation(Property property, String message) {

    /** What must hold of every run. */
    public enum Property {
        /** A device reaches no memory that stage 2 of its domain does not map. */
        ISOLATION,
        /** A device reaches what the guest's tables say, or said before an invalidation that is still to come. */
        INVALIDATION,
        /** A DMA that fails is told of once, to whom it concerns, as it was. */
        FAULTS,
        /** A call returns what the API says. */
        ERRNO,
        /** An MSI is written to where it was prepared for, and reaches its doorbell. */
        MSI,
        /** A configuration that is being changed shows the old one, the new one, or an abort. */
        TRANSIENT,
        /** The driver sends no illegal command, and comes back from every call. */
        DRIVER,
        /** Everything is given back in the end. */
        LIFE_CYCLE,
        /** One guest's requests cost another nothing: what is lost is speed alone. */
        COST
    }

    /** Thrown where the property is seen to be broken. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Violation violation;

        Broken(Property property, String message) {
            super(message);
            this.violation = new Violation(property, message);
        }

        Violation violation() {
            return violation;
        }
    }
}
