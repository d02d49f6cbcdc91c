package org.nestor.iommu;

/** The value of a call that succeeded and has nothing to tell. */
public enum Done {
    DONE;

    /** Success without a value. */
    public static final Result<Done> OK = Result.ok(DONE);
}
