package org.nestor.smmu.register;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.smmu.format.Granule;

class ProfileTests {

    @Test
    void fullHasEveryFeatureOfTheModel() {
        IdRegisters id = Profile.FULL.idRegisters();

        assertAll(
                () -> assertTrue(id.s1p() && id.s2p() && id.cohacc() && id.cd2l() && id.hyp()),
                () -> assertEquals(2, id.ttf()),
                () -> assertEquals(2, id.httu()),
                () -> assertTrue(id.ats() && id.pri() && id.atsrecerr()),
                () -> assertFalse(id.ns1ats()),
                () -> assertTrue(id.asid16() && id.vmid16() && id.vmw() && id.msi()),
                () -> assertFalse(id.btm() || id.sev() || id.termModel()),
                () -> assertEquals(0, id.ttendian()),
                () -> assertEquals(0, id.stallModel()),
                () -> assertEquals(16, id.stallMax()),
                () -> assertEquals(1, id.stLevel()),
                () -> assertEquals(16, id.sidSize()),
                () -> assertEquals(8, id.ssidSize()),
                () -> assertEquals(8, id.cmdqs()),
                () -> assertEquals(8, id.eventqs()),
                () -> assertEquals(8, id.priqs()),
                () -> assertTrue(id.attrTypesOvr() && id.attrPermsOvr()),
                () -> assertTrue(id.had() && id.xnx() && id.fwb() && id.ril() && id.e0pd()),
                () -> assertEquals(1, id.bbml()),
                () -> assertEquals(48, id.oas()),
                () -> assertEquals(0, id.vax()),
                () -> assertTrue(id.supports(Granule.KB4) && id.supports(Granule.KB16) && id.supports(Granule.KB64)),
                () -> assertTrue(id.atLeastV3(2)),
                () -> assertFalse(id.atLeastV3(3)));
    }

    @Test
    void qemuIsAsQemuTenAnnouncesItself() {
        IdRegisters id = Profile.QEMU.idRegisters();

        assertAll(
                () -> assertEquals(new IdRegisters(0x0d44101b, 0x02730010, 0, 0x1414, 0, 0x74, 0, 1), id),
                () -> assertTrue(id.s1p() && id.s2p() && id.cohacc() && id.asid16() && id.vmid16()),
                () -> assertFalse(id.cd2l() || id.hyp() || id.ats() || id.pri() || id.msi() || id.sev()),
                () -> assertEquals(0, id.httu()),
                () -> assertEquals(2, id.ttendian()),
                () -> assertEquals(1, id.stallModel()),
                () -> assertTrue(id.termModel()),
                () -> assertEquals(1, id.stLevel()),
                () -> assertEquals(16, id.sidSize()),
                () -> assertEquals(0, id.ssidSize()),
                () -> assertEquals(19, id.cmdqs()),
                () -> assertEquals(19, id.eventqs()),
                () -> assertTrue(id.had() && id.xnx() && id.ril()),
                () -> assertEquals(2, id.bbml()),
                () -> assertEquals(44, id.oas()),
                () -> assertTrue(id.atLeastV3(1)),
                () -> assertFalse(id.atLeastV3(2)));
    }

    @Test
    void minimalIsStageOneAlone() {
        IdRegisters id = Profile.MINIMAL.idRegisters();

        assertAll(
                () -> assertTrue(id.s1p()),
                () -> assertFalse(id.s2p() || id.asid16() || id.vmid16() || id.cd2l() || id.hyp() || id.ats()),
                () -> assertEquals(2, id.ttf()),
                () -> assertEquals(2, id.ttendian()),
                () -> assertEquals(1, id.stallModel()),
                () -> assertTrue(id.termModel()),
                () -> assertEquals(0, id.stLevel()),
                () -> assertEquals(6, id.sidSize()),
                () -> assertEquals(0, id.ssidSize()),
                () -> assertEquals(6, id.cmdqs()),
                () -> assertEquals(6, id.eventqs()),
                () -> assertFalse(id.ril() || id.attrTypesOvr() || id.attrPermsOvr()),
                () -> assertEquals(40, id.oas()),
                () -> assertTrue(id.supports(Granule.KB4)),
                () -> assertFalse(id.supports(Granule.KB16) || id.supports(Granule.KB64)),
                () -> assertTrue(id.atLeastV3(1)),
                () -> assertFalse(id.atLeastV3(2)));
    }

    @Test
    void profilesAreNamedInLowerCase() {
        assertEquals(Optional.of(Profile.FULL), Profile.named("full"));
        assertEquals(Optional.of(Profile.QEMU), Profile.named("qemu"));
        assertEquals(Optional.of(Profile.MINIMAL), Profile.named("minimal"));
        assertEquals(Optional.empty(), Profile.named("FULL"));
    }
}
