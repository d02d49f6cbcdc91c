package org.nestor.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.host.HostRig;
import org.nestor.rule.Rule;

class PasidTableTests {
    private static final long[] ARGSZ = {0, 1, 23, 24, 25, 31, 32, 33, 0x7FFF_FFFFL, 0xFFFF_FFFFL};
    private static final int[] READABLE = {0, 7, 23, 24, 31, 32, 64};

    private final HostRig rig = new HostRig();
    private final IommuDevice device = rig.device(1);
    private final IommuDomain nested = rig.nestedWith(device);
    private final IommuCore core = rig.host.core();

    /** The checks as the API lists them, told apart from the code by being written as one ladder over raw numbers. */
    private static int expected(long argsz, int readable, long version, long format, int config, long smmuVersion) {
        if (readable < 24) {
            return -14;
        }
        if (argsz < 24 || version != 1 || format == 1 && argsz < 32) {
            return -22;
        }
        if (readable < Math.min(argsz, 32)) {
            return -14;
        }
        boolean accepted = config >= 1 && config <= 3 && format == 1 && smmuVersion == 1;
        return accepted ? 0 : -22;
    }

    @Test
    @Rule("R-PTA-02")
    @Rule("R-PTA-03")
    @Rule("R-PTA-04")
    @Rule("R-PTA-05")
    @Rule("R-PTA-06")
    @Rule("R-PTA-07")
    @Rule("R-PTA-08")
    @Rule("R-PTA-09")
    @Rule("R-PTA-10")
    void everyCombinationOfSizesVersionsFormatAndConfigHasItsErrno() {
        int tried = 0;
        for (long argsz : ARGSZ) {
            for (int readable : READABLE) {
                for (long version = 0; version <= 2; version++) {
                    for (long format = 0; format <= 2; format++) {
                        for (int config = 0; config <= 5; config++) {
                            for (long smmuVersion = 0; smmuVersion <= 2; smmuVersion++) {
                                core.detachPasidTable(nested);
                                byte[] bytes = bytes(argsz, readable, version, format, config, smmuVersion);
                                assertEquals(
                                        expected(argsz, readable, version, format, config, smmuVersion),
                                        core.attachPasidTable(nested, UserBuffer.of(bytes))
                                                .code(),
                                        () -> java.util.HexFormat.of().formatHex(bytes));
                                tried++;
                            }
                        }
                    }
                }
            }
        }
        assertEquals(11_340, tried);
    }

    @Test
    @Rule("R-PTA-08")
    void everyConfigByteButThreeIsInvalid() {
        for (int config = 0; config < 256; config++) {
            core.detachPasidTable(nested);
            int code = core.attachPasidTable(nested, UserBuffer.of(bytes(32, 32, 1, 1, config, 1)))
                    .code();
            assertEquals(config >= 1 && config <= 3 ? 0 : -22, code, "config " + config);
        }
    }

    private static byte[] bytes(long argsz, int readable, long version, long format, int config, long smmuVersion) {
        byte[] all = new StructWriter(64)
                .u32(argsz)
                .u32(version)
                .u64(0x1000)
                .u32(format)
                .u8(0)
                .u8(config)
                .u16(0)
                .u32(smmuVersion)
                .toBytes();
        return java.util.Arrays.copyOf(all, readable);
    }

    @Test
    @Rule("R-PTA-11")
    void paddingAndTheFormatsOfTheGuestAreNotLookedAt() {
        for (int offset : new int[] {22, 23, 28, 29, 30, 31}) {
            for (int value = 1; value < 256; value++) {
                core.detachPasidTable(nested);
                byte[] bytes = bytes(32, 32, 1, 1, 1, 1);
                bytes[offset] = (byte) value;
                assertTrue(core.attachPasidTable(nested, UserBuffer.of(bytes)).isOk());
                assertEquals(0x100F, rig.host.instance(0).ste(1).dw0());
            }
        }
    }

    @Test
    @Rule("R-PTA-12")
    @Rule("R-PTA-13")
    @Rule("R-PTA-31")
    void domainMustBeBoundAndNested() {
        PasidTableConfig config = PasidTableConfig.of(PasidTableConfig.BYPASS, 0);
        IommuDomain unbound = rig.nested();
        IommuDomain single = rig.host.allocateDomain(DomainType.UNMANAGED);
        single.attach(rig.device(2));

        assertEquals(
                Optional.of(Errno.EINVAL),
                core.attachPasidTable(unbound, config).errno());
        assertEquals(
                Optional.of(Errno.EINVAL), core.attachPasidTable(single, config).errno());
    }

    @Test
    @Rule("R-PTA-14")
    @Rule("R-PTA-21")
    @Rule("R-PTA-22")
    void translationIsSetOnlyOverBypassOrAbort() {
        assertTrue(set(PasidTableConfig.TRANSLATE, 0x1000).isOk());
        SteSnapshot before = SteSnapshot.of(rig, 1);

        assertEquals(
                Optional.of(Errno.EINVAL),
                set(PasidTableConfig.TRANSLATE, 0x1000).errno());
        assertEquals(
                Optional.of(Errno.EINVAL),
                set(PasidTableConfig.TRANSLATE, 0x2000).errno());
        assertEquals(before, SteSnapshot.of(rig, 1));

        assertTrue(set(PasidTableConfig.BYPASS, 0).isOk());
        assertTrue(set(PasidTableConfig.TRANSLATE, 0x2000).isOk());
        assertTrue(set(PasidTableConfig.ABORT, 0).isOk());
        assertTrue(set(PasidTableConfig.TRANSLATE, 0x3000).isOk());
        assertEquals(0x300F, rig.host.instance(0).ste(1).dw0());
    }

    @Test
    @Rule("R-PTA-15")
    @Rule("R-PTA-16")
    void severalCdsAreRefusedWithoutLeavingAbort() {
        set(PasidTableConfig.ABORT, 0);
        PasidTableConfig wide = new PasidTableConfig(1, 0x1000, 1, 1, PasidTableConfig.TRANSLATE, 1, 0, 0);
        assertEquals(
                Optional.of(Errno.EINVAL), core.attachPasidTable(nested, wide).errno());
        assertEquals(0x1, rig.host.instance(0).ste(1).dw0());

        PasidTableConfig ignored = new PasidTableConfig(1, -1, 1, 7, PasidTableConfig.BYPASS, 1, 0, 0);
        assertTrue(core.attachPasidTable(nested, ignored).isOk());
    }

    @Test
    @Rule("R-PTD-02")
    @Rule("R-PTD-03")
    @Rule("R-PTD-04")
    @Rule("R-PTD-06")
    void detachReturnsToStage2AndLeavesOthersAlone() {
        set(PasidTableConfig.ABORT, 0);
        core.detachPasidTable(nested);
        assertEquals(0xD, rig.host.instance(0).ste(1).dw0());
        assertTrue(set(PasidTableConfig.TRANSLATE, 0x1000).isOk());

        IommuDevice other = rig.device(2);
        IommuDomain single = rig.host.allocateDomain(DomainType.UNMANAGED);
        single.attach(other);
        SteSnapshot before = SteSnapshot.of(rig, 2);
        core.detachPasidTable(single);
        core.detachPasidTable(rig.nested());
        assertEquals(before, SteSnapshot.of(rig, 2));
    }

    private Result<Done> set(int config, long base) {
        return core.attachPasidTable(
                nested, UserBuffer.of(PasidTableConfig.of(config, base).toBytes()));
    }

    private record SteSnapshot(String image) {
        static SteSnapshot of(HostRig rig, int sid) {
            return new SteSnapshot(rig.host.instance(0).ste(sid).toString());
        }
    }
}
