package org.nestor.generators.nested;

import java.util.List;

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
        ISOLATION("the host and every other guest", "R-LIF", "R-MAP"),
        /** A device reaches what the guest's tables say, or said before an invalidation that is still to come. */
        INVALIDATION("the guest itself", "R-INV"),
        /** A DMA that fails is told of once, to whom it concerns, as it was. */
        FAULTS("the guest, who waits for its fault", "R-EVT", "R-PRS", "R-REG"),
        /** A call returns what the API says. */
        ERRNO("the virtualizer", "R-ATT", "R-INV", "R-MSI", "R-REG", "R-RSP", "R-VMB", "R-VPT"),
        /** An MSI is written to where it was prepared for, and reaches its doorbell. */
        MSI("the guest, whose interrupt is lost", "R-IRQ", "R-MSI", "R-VMB"),
        /** A configuration that is being changed shows the old one, the new one, or an abort. */
        TRANSIENT("the guest, and whoever reads the host's log", "R-PTA", "R-STE"),
        /** The driver sends no illegal command, and comes back from every call. */
        DRIVER("the host", "R-INV"),
        /** A guest sees through nested hardware what it sees of an emulated SMMU. */
        TRANSPARENCY("the guest itself", "C-CMP", "C-INV", "R-EVT", "R-INV", "R-PTA", "R-STE"),
        /** Everything is given back in the end. */
        LIFE_CYCLE("the host", "R-ALLOC", "R-ATT", "R-LIF"),
        /** One guest's requests cost another nothing: what is lost is speed alone. */
        COST("every other guest, in speed alone", "R-INV");

        private final String whom;
        private final List<String> areas;

        Property(String whom, String... areas) {
            this.whom = whom;
            this.areas = List.of(areas);
        }

        /** Whom it hurts if it does not hold. */
        public String whom() {
            return whom;
        }

        /** The areas of the rules that it follows from. */
        public List<String> areas() {
            return areas;
        }
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
