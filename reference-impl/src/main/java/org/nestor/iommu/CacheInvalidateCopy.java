package org.nestor.iommu;

import static org.nestor.iommu.CacheInvalidateInfo.ADDR;
import static org.nestor.iommu.CacheInvalidateInfo.BYTES;
import static org.nestor.iommu.CacheInvalidateInfo.DEV_IOTLB;
import static org.nestor.iommu.CacheInvalidateInfo.DOMAIN;
import static org.nestor.iommu.CacheInvalidateInfo.PASID;
import static org.nestor.iommu.CacheInvalidateInfo.PASID_CACHE;
import static org.nestor.iommu.CacheInvalidateInfo.VERSION_1;

import java.util.Optional;
import org.nestor.rule.Rule;

/** Copies an invalidation request from user space and checks what does not depend on the driver, in the order of the API. */
final class CacheInvalidateCopy {
    private static final int HEAD_BYTES = 16;
    private static final int PASID_BYTES = 32;
    private static final int CACHES = 0b111;
    private static final int PASID_FLAGS = 0b11;
    private static final int ADDR_FLAGS = 0b111;
    private static final int PADDING_FROM = 10;

    private static final Refusal NO_HEAD = Refusal.of(Errno.EFAULT, "R-INV-05");
    private static final Refusal TOO_SHORT = Refusal.of(Errno.EINVAL, "R-INV-02");
    private static final Refusal MALFORMED = Refusal.of(Errno.EINVAL, "R-INV-06");
    private static final Refusal FLAGS = Refusal.of(Errno.EINVAL, "R-INV-07");
    private static final Refusal ADDR_OF_PASID_CACHE = Refusal.of(Errno.EINVAL, "R-INV-08");
    private static final Refusal DOMAIN_OF_DEV_IOTLB = Refusal.of(Errno.EINVAL, "R-INV-09");

    private CacheInvalidateCopy() {}

    static Result<CacheInvalidateInfo> copy(UserBuffer user) {
        Optional<byte[]> head = user.read(0, HEAD_BYTES);
        if (head.isEmpty()) {
            return NO_HEAD.result();
        }
        long argsz = UserBuffer.u32(head.get(), 0);
        if (argsz < needed(UserBuffer.u8(head.get(), 9))) {
            return TOO_SHORT.result();
        }
        int length = (int) Math.min(argsz, BYTES);
        Optional<byte[]> union = user.read(HEAD_BYTES, length - HEAD_BYTES);
        if (union.isEmpty()) {
            return NO_HEAD.result();
        }
        byte[] bytes = new byte[BYTES];
        System.arraycopy(head.get(), 0, bytes, 0, HEAD_BYTES);
        System.arraycopy(union.get(), 0, bytes, HEAD_BYTES, length - HEAD_BYTES);
        CacheInvalidateInfo info = decode(bytes);
        Optional<Refusal> refusal = check(info, bytes);
        return refusal.isPresent() ? refusal.get().result() : Result.ok(info);
    }

    /** A granularity that does not exist asks for the fixed part alone, and is refused later. */
    @Rule("R-INV-02")
    @Rule("R-INV-03")
    @Rule("R-INV-04")
    private static int needed(int granularity) {
        return switch (granularity) {
            case PASID -> PASID_BYTES;
            case ADDR -> BYTES;
            default -> HEAD_BYTES;
        };
    }

    private static CacheInvalidateInfo decode(byte[] bytes) {
        int granularity = UserBuffer.u8(bytes, 9);
        boolean union = granularity != DOMAIN;
        boolean range = granularity == ADDR;
        return new CacheInvalidateInfo(
                UserBuffer.u32(bytes, 4),
                UserBuffer.u8(bytes, 8),
                granularity,
                union ? UserBuffer.u32(bytes, 16) : 0,
                union ? UserBuffer.u32(bytes, 20) : 0,
                union ? UserBuffer.u64(bytes, 24) : 0,
                range ? UserBuffer.u64(bytes, 32) : 0,
                range ? UserBuffer.u64(bytes, 40) : 0,
                range ? UserBuffer.u64(bytes, 48) : 0);
    }

    @Rule("R-INV-05")
    @Rule("R-INV-06")
    @Rule("R-INV-07")
    @Rule("R-INV-08")
    @Rule("R-INV-09")
    private static Optional<Refusal> check(CacheInvalidateInfo info, byte[] bytes) {
        if (info.version() != VERSION_1 || (info.cache() & ~CACHES) != 0 || info.granularity() > ADDR) {
            return Optional.of(MALFORMED);
        } else if (info.granularity() == ADDR && (info.cache() & PASID_CACHE) != 0) {
            return Optional.of(ADDR_OF_PASID_CACHE);
        } else if (info.granularity() == ADDR && (info.flags() & ~ADDR_FLAGS) != 0
                || info.granularity() == PASID && (info.flags() & ~PASID_FLAGS) != 0) {
            return Optional.of(FLAGS);
        } else if (info.granularity() == DOMAIN && (info.cache() & DEV_IOTLB) != 0) {
            return Optional.of(DOMAIN_OF_DEV_IOTLB);
        }
        for (int i = PADDING_FROM; i < HEAD_BYTES; i++) {
            if (bytes[i] != 0) {
                return Optional.of(MALFORMED);
            }
        }
        return Optional.empty();
    }
}
