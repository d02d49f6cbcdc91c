package org.nestor.iommu.smmuv3;

/** The driver would not come back from a call: it loops without end, or waits for what does not happen. */
public final class SoftLockup extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SoftLockup(String message) {
        super(message);
    }
}
