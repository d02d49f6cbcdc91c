package org.nestor.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.host.HostRig;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;

class CacheInvalidateTests {
    private static final long SYNC = 0x46;
    private static final int[] ARGSZ = {0, 15, 16, 31, 32, 55, 56, 57, 1000};
    private static final int[] READABLE = {0, 15, 16, 31, 32, 55, 56, 64};

    private final HostRig rig = new HostRig();
    private final IommuDevice device = rig.device(1);
    private final IommuDomain nested = rig.nestedWith(device);

    /** The table of the API, written over raw numbers. */
    private static int expected(int argsz, int readable, int version, int cache, int granularity, int flags) {
        int needed = granularity == 1 ? 32 : granularity == 2 ? 56 : 16;
        if (readable < 16) {
            return -14;
        }
        if (argsz < needed) {
            return -22;
        }
        if (readable < Math.min(argsz, 56)) {
            return -14;
        }
        if (version != 1 || cache > 7 || granularity > 2) {
            return -22;
        }
        if (granularity == 2 && (cache & 4) != 0 || granularity == 0 && (cache & 2) != 0) {
            return -22;
        }
        if (granularity == 1 && flags > 3 || granularity == 2 && flags > 7) {
            return -22;
        }
        if ((cache & 6) != 0) {
            return -2;
        }
        if (cache == 0) {
            return -22;
        }
        if (granularity == 0) {
            return 0;
        }
        if ((flags & 1) != 0) {
            return -2;
        }
        return granularity == 1 && (flags & 2) == 0 ? -22 : 0;
    }

    @Test
    @Rule("R-INV-02")
    @Rule("R-INV-03")
    @Rule("R-INV-04")
    @Rule("R-INV-05")
    @Rule("R-INV-06")
    @Rule("R-INV-07")
    @Rule("R-INV-08")
    @Rule("R-INV-09")
    @Rule("R-INV-11")
    @Rule("R-INV-12")
    @Rule("R-INV-13")
    @Rule("R-INV-14")
    @Rule("R-INV-17")
    void everyCombinationOfSizesCachesGranularitiesAndFlagsHasItsErrno() {
        for (int argsz : ARGSZ) {
            for (int readable : READABLE) {
                for (int version = 0; version <= 2; version++) {
                    for (int cache = 0; cache <= 15; cache++) {
                        for (int granularity = 0; granularity <= 4; granularity++) {
                            for (int flags = 0; flags <= 15; flags++) {
                                byte[] bytes =
                                        Arrays.copyOf(bytes(argsz, version, cache, granularity, flags), readable);
                                assertEquals(
                                        expected(argsz, readable, version, cache, granularity, flags),
                                        invalidate(bytes),
                                        () -> java.util.HexFormat.of().formatHex(bytes));
                            }
                        }
                    }
                }
            }
        }
    }

    private static byte[] bytes(int argsz, int version, int cache, int granularity, int flags) {
        return new StructWriter(64)
                .u32(argsz)
                .u32(version)
                .u8(cache)
                .u8(granularity)
                .at(16)
                .u32(flags)
                .u32(5)
                .u64(0)
                .u64(0x1000)
                .u64(0x1000)
                .u64(1)
                .toBytes();
    }

    private int invalidate(byte[] bytes) {
        return rig.host
                .core()
                .cacheInvalidate(nested, device, UserBuffer.of(bytes))
                .code();
    }

    @Test
    @Rule("R-INV-06")
    void everyPaddingByteMustBeZero() {
        for (int granularity = 0; granularity <= 2; granularity++) {
            for (int offset = 10; offset < 16; offset++) {
                for (int value = 1; value < 256; value++) {
                    byte[] bytes = bytes(56, 1, 1, granularity, 2);
                    bytes[offset] = (byte) value;
                    assertEquals(-22, invalidate(bytes));
                }
            }
        }
    }

    @Test
    @Rule("R-INV-11")
    void refusedRequestSendsNothing() {
        rig.commands();
        invalidate(bytes(56, 1, 3, 1, 2));
        invalidate(bytes(56, 1, 1, 2, 3));
        assertEquals(List.of(), rig.commands());
    }

    @Test
    @Rule("R-INV-10")
    void domainMustBeBoundAndNested() {
        byte[] request = CacheInvalidateInfo.domain().toBytes();
        IommuDomain single = rig.host.allocateDomain(DomainType.UNMANAGED);
        IommuDevice other = rig.device(2);
        single.attach(other);

        assertEquals(
                -22,
                rig.host
                        .core()
                        .cacheInvalidate(rig.nested(), device, UserBuffer.of(request))
                        .code());
        assertEquals(
                -22,
                rig.host
                        .core()
                        .cacheInvalidate(single, other, UserBuffer.of(request))
                        .code());
    }

    @Test
    @Rule("R-INV-32")
    @Rule("R-INV-33")
    @Rule("R-INV-18")
    void wholeDomainIsEverythingOfItsVmid() {
        assertSent(rig, send(CacheInvalidateInfo.domain()), 0x10 | 1L << 32, 0, SYNC, 0);
        CacheInvalidateInfo untagged = new CacheInvalidateInfo(1, 1, 2, 4, 9, 0, 0x5000, 3, 7);
        assertSent(rig, send(untagged), 0x10 | 1L << 32, 0, SYNC, 0);
    }

    @Test
    @Rule("R-INV-15")
    @Rule("R-INV-35")
    void asidIsNamedWithTheDomainsVmid() {
        assertSent(rig, send(CacheInvalidateInfo.asid(0xABCD)), 0x11 | 1L << 32 | 0xABCDL << 48, 0, SYNC, 0);
    }

    @Test
    @Rule("R-INV-31")
    void asidThatDoesNotExistIsRefused() {
        for (long archid : new long[] {0x1_0000, 0x1_0005, 0x8000_0000L, 0x8000_0001L, 0xFFFF_FFFFL}) {
            assertEquals(-22, send(CacheInvalidateInfo.asid(archid)), Long.toHexString(archid));
            assertEquals(-22, send(CacheInvalidateInfo.range(archid, 0, 4096, 1, false)), Long.toHexString(archid));
        }
    }

    @Test
    @Rule("R-INV-19")
    @Rule("R-INV-21")
    @Rule("R-INV-22")
    @Rule("R-INV-29")
    @Rule("R-INV-30")
    void rangesAreEncodedWithTheGuestsGranule() {
        long tagged = 0x12 | 1L << 32 | 5L << 48;
        assertSent(rig, send(CacheInvalidateInfo.range(5, 0x1000, 4096, 1, true)), tagged, 0x1001, SYNC, 0);
        // 33 pages: one by itself, then 1 * 2^5.
        assertSent(
                rig,
                send(CacheInvalidateInfo.range(5, 0x1000, 4096, 33, false)),
                tagged,
                0x1000,
                tagged | 5 << 20,
                0x2000 | 1 << 10,
                SYNC,
                0);
        // A block of 2 MiB is 512 pages of 4 KiB: 1 * 2^9, of any level.
        assertSent(
                rig,
                send(CacheInvalidateInfo.range(5, 0x20_0000, 1 << 21, 1, false)),
                tagged | 9 << 20,
                0x20_0000 | 1 << 10,
                SYNC,
                0);
        // Two pages of 64 KiB: TG = 3.
        assertSent(
                rig,
                send(CacheInvalidateInfo.range(5, 0x2_0000, 1 << 16, 2, false)),
                tagged | 1 << 20,
                0x2_0000 | 3 << 10,
                SYNC,
                0);
    }

    @Test
    @Rule("R-INV-24")
    @Rule("R-INV-25")
    @Rule("R-INV-26")
    @Rule("R-INV-28")
    void granuleAndSizeMustMakeSense() {
        rig.commands();
        for (long granule : new long[] {0, 3, 12288, 8192, 1L << 39, 1L << 63, -1}) {
            assertEquals(-22, send(CacheInvalidateInfo.range(5, 0, granule, 1, false)), Long.toHexString(granule));
        }
        assertEquals(-22, send(CacheInvalidateInfo.range(5, 0, 4096, 0, false)));
        assertEquals(-22, send(CacheInvalidateInfo.range(5, 0, 4096, 1L << 52, false)));
        assertEquals(-22, send(CacheInvalidateInfo.range(5, 0, 1L << 30, 1L << 34, false)));
        assertEquals(List.of(), rig.commands());
    }

    /** Under 52-bit addresses stage 1 of a guest may have blocks of 4 TiB, which this driver never makes. */
    @Test
    @Rule("R-INV-26")
    @Rule("R-INV-28")
    void blocksOfLargeAddressesAreLeavesToo() {
        IdRegisters full = Profile.FULL.idRegisters();
        int idr5 = full.idr5() & ~0b111;
        long tagged = 0x12 | 1L << 32 | 5L << 48;
        for (int oas : new int[] {0b101, 0b110}) {
            IdRegisters ids = new IdRegisters(full.idr0(), full.idr1(), 0, full.idr3(), 0, idr5 | oas, 0, full.aidr());
            HostRig other = new HostRig(ids, 1, DriverOptions.DEFAULT, Parts.REFERENCE);
            IommuDevice own = other.device(1);
            IommuDomain domain = other.nestedWith(own);
            other.commands();
            CacheInvalidateInfo info = CacheInvalidateInfo.range(5, 0, 1L << 42, 1, false);
            int code = other.host
                    .core()
                    .cacheInvalidate(domain, own, UserBuffer.of(info.toBytes()))
                    .code();
            if (oas == 0b101) {
                assertEquals(-22, code);
            } else {
                assertSent(other, code, tagged | 26 << 20, 3 << 10, SYNC, 0);
            }
        }
    }

    @Test
    @Rule("R-INV-41")
    @Rule("R-INV-27")
    void rangeIsAlignedOutwardsWithoutRangeInvalidation() {
        HostRig plain = new HostRig(HostRig.withoutRanges(), 1, DriverOptions.DEFAULT, Parts.REFERENCE);
        IommuDevice own = plain.device(1);
        IommuDomain domain = plain.nestedWith(own);
        plain.commands();
        CacheInvalidateInfo info = CacheInvalidateInfo.range(5, 0x1800, 4096, 1, false);
        int code = plain.host
                .core()
                .cacheInvalidate(domain, own, UserBuffer.of(info.toBytes()))
                .code();
        long tagged = 0x12 | 1L << 32 | 5L << 48;
        assertSent(plain, code, tagged, 0x1000, tagged, 0x2000, SYNC, 0);

        CacheInvalidateInfo foreign = CacheInvalidateInfo.range(5, 0x4000, 1 << 14, 4, false);
        code = plain.host
                .core()
                .cacheInvalidate(domain, own, UserBuffer.of(foreign.toBytes()))
                .code();
        assertEquals(0, code);
        assertEquals(17, plain.commands().size());
    }

    @Test
    @Rule("R-INV-30")
    void guestsGranuleCountsAndNotTheHosts() {
        IdRegisters ids = Profile.FULL.idRegisters();
        DriverOptions options = new DriverOptions(true, false, Granule.KB16, false);
        HostRig coarse = new HostRig(ids, 1, options, Parts.REFERENCE);
        IommuDevice own = coarse.device(1);
        IommuDomain domain = coarse.nestedWith(own);
        coarse.commands();
        CacheInvalidateInfo info = CacheInvalidateInfo.range(5, 0x1000, 4096, 2, false);
        int code = coarse.host
                .core()
                .cacheInvalidate(domain, own, UserBuffer.of(info.toBytes()))
                .code();
        long tagged = 0x12 | 1L << 32 | 5L << 48;
        assertSent(coarse, code, tagged | 1 << 20, 0x1000 | 1 << 10, SYNC, 0);
    }

    @Test
    @Rule("R-INV-15")
    @Rule("R-INV-19")
    @Rule("R-INV-33")
    void endpointsWithAtsAreInvalidatedAfterwards() {
        IommuDevice ats =
                rig.device(DeviceDescription.of("ats", 9, HostRig.DOORBELL).withAts());
        nested.attach(ats);
        rig.commands();
        long all = 0x40 | 9L << 32;
        assertSent(rig, send(CacheInvalidateInfo.domain()), 0x10 | 1L << 32, 0, SYNC, 0, all, 52, SYNC, 0);
        long asid = 0x11 | 1L << 32 | 5L << 48;
        assertSent(rig, send(CacheInvalidateInfo.asid(5)), asid, 0, SYNC, 0, all, 52, SYNC, 0);
        long address = 0x12 | 1L << 32 | 5L << 48;
        // The smallest aligned power of two of pages around pages 3 and 4 is 0 to 7.
        assertSent(
                rig,
                send(CacheInvalidateInfo.range(5, 0x3000, 4096, 2, false)),
                address | 1 << 20,
                0x3000 | 1 << 10,
                SYNC,
                0,
                all,
                3,
                SYNC,
                0);
    }

    private int send(CacheInvalidateInfo info) {
        rig.commands();
        return invalidate(info.toBytes());
    }

    private static void assertSent(HostRig rig, int code, long... words) {
        assertEquals(0, code);
        List<CommandRecord> expected = new ArrayList<>();
        for (int i = 0; i < words.length; i += 2) {
            expected.add(new CommandRecord(words[i], words[i + 1]));
        }
        assertEquals(expected, rig.commands());
    }
}
