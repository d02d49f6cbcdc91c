package org.nestor.iommu;

import java.util.Optional;
import org.nestor.rule.Rule;

/**
 * {@code struct iommu_pasid_table_config} with its SMMUv3 part, fields as the caller filled them.
 *
 * @param basePointer IPA of the CD table
 * @param config 1 translate, 2 bypass, 3 abort
 * @param smmuVersion version of the SMMUv3 part
 */
public record PasidTableConfig(
        long version,
        long basePointer,
        long format,
        int pasidBits,
        int config,
        long smmuVersion,
        int s1Fmt,
        int s1Dss) {
    public static final int VERSION_1 = 1;
    public static final int FORMAT_SMMUV3 = 1;
    public static final int TRANSLATE = 1;
    public static final int BYPASS = 2;
    public static final int ABORT = 3;

    /** Bytes up to the part that depends on the format. */
    public static final int MINIMUM_BYTES = 24;

    /** Bytes with the SMMUv3 part. */
    public static final int BYTES = 32;

    private static final Refusal NO_HEAD = Refusal.of(Errno.EFAULT, "R-PTA-02");
    private static final Refusal TOO_SHORT = Refusal.of(Errno.EINVAL, "R-PTA-03");
    private static final Refusal VERSION = Refusal.of(Errno.EINVAL, "R-PTA-04");
    private static final Refusal NO_SMMU_PART = Refusal.of(Errno.EINVAL, "R-PTA-05");
    private static final Refusal NO_TAIL = Refusal.of(Errno.EFAULT, "R-PTA-07");
    private static final Refusal CONFIG = Refusal.of(Errno.EINVAL, "R-PTA-08");

    /** A valid structure with that configuration. */
    public static PasidTableConfig of(int config, long basePointer) {
        return new PasidTableConfig(VERSION_1, basePointer, FORMAT_SMMUV3, 0, config, VERSION_1, 0, 0);
    }

    /** Copies the structure from user space and checks what does not depend on the driver, in the order of the API. */
    @Rule("R-PTA-02")
    @Rule("R-PTA-03")
    @Rule("R-PTA-04")
    @Rule("R-PTA-05")
    @Rule("R-PTA-06")
    @Rule("R-PTA-07")
    @Rule("R-PTA-08")
    @Rule("R-PTA-11")
    static Result<PasidTableConfig> copy(UserBuffer user) {
        Optional<byte[]> head = user.read(0, MINIMUM_BYTES);
        if (head.isEmpty()) {
            return NO_HEAD.result();
        }
        byte[] fixed = head.get();
        long argsz = UserBuffer.u32(fixed, 0);
        if (argsz < MINIMUM_BYTES) {
            return TOO_SHORT.result();
        } else if (UserBuffer.u32(fixed, 4) != VERSION_1) {
            return VERSION.result();
        } else if (UserBuffer.u32(fixed, 16) == FORMAT_SMMUV3 && argsz < BYTES) {
            return NO_SMMU_PART.result();
        }
        int length = (int) Math.min(argsz, BYTES);
        Optional<byte[]> tail = user.read(MINIMUM_BYTES, length - MINIMUM_BYTES);
        if (tail.isEmpty()) {
            return NO_TAIL.result();
        }
        byte[] bytes = new byte[BYTES];
        System.arraycopy(fixed, 0, bytes, 0, MINIMUM_BYTES);
        System.arraycopy(tail.get(), 0, bytes, MINIMUM_BYTES, length - MINIMUM_BYTES);
        PasidTableConfig config = decode(bytes);
        return config.config < TRANSLATE || config.config > ABORT ? CONFIG.result() : Result.ok(config);
    }

    private static PasidTableConfig decode(byte[] bytes) {
        return new PasidTableConfig(
                UserBuffer.u32(bytes, 4),
                UserBuffer.u64(bytes, 8),
                UserBuffer.u32(bytes, 16),
                UserBuffer.u8(bytes, 20),
                UserBuffer.u8(bytes, 21),
                UserBuffer.u32(bytes, 24),
                UserBuffer.u8(bytes, 28),
                UserBuffer.u8(bytes, 29));
    }

    /** The structure as bytes, with argsz {@link #BYTES} and padding 0. */
    public byte[] toBytes() {
        return new StructWriter(BYTES)
                .u32(BYTES)
                .u32(version)
                .u64(basePointer)
                .u32(format)
                .u8(pasidBits)
                .u8(config)
                .u16(0)
                .u32(smmuVersion)
                .u8(s1Fmt)
                .u8(s1Dss)
                .toBytes();
    }
}
