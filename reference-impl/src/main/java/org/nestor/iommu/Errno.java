package org.nestor.iommu;

/** The error numbers of the API, with their Linux values. */
public enum Errno {
    EPERM(1),
    ENOENT(2),
    ENXIO(6),
    E2BIG(7),
    EBADF(9),
    ENOMEM(12),
    EFAULT(14),
    EBUSY(16),
    EEXIST(17),
    ENODEV(19),
    EINVAL(22),
    ENOTTY(25),
    ENOSPC(28),
    ERANGE(34),
    EOPNOTSUPP(95);

    private final int value;

    Errno(int value) {
        this.value = value;
    }

    /** The positive value; a call returns its negative. */
    public int value() {
        return value;
    }
}
