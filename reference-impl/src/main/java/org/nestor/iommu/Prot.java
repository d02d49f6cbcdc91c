package org.nestor.iommu;

/**
 * What a mapping allows.
 *
 * @param noExec instructions may not be fetched
 * @param mmio device memory
 * @param privileged only for privileged access
 */
public record Prot(boolean read, boolean write, boolean noExec, boolean mmio, boolean privileged) {
    public static final Prot READ_WRITE = new Prot(true, true, false, false, false);
    public static final Prot READ_ONLY = new Prot(true, false, false, false, false);
    /** How the doorbell of an MSI is mapped: write-only, no-exec, device memory. */
    public static final Prot DOORBELL = new Prot(false, true, true, true, false);
}
