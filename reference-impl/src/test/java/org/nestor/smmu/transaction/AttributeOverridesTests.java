package org.nestor.smmu.transaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.register.IdRegisters;

class AttributeOverridesTests {
    private static final int PERMS_OVR = 1 << 26;
    private static final int TYPES_OVR = 1 << 27;

    private final List<RuleId> decided = new ArrayList<>();
    private final AttributeOverrides overrides = with(PERMS_OVR | TYPES_OVR);
    private final AttributeOverrides fixed = with(0);

    private AttributeOverrides with(int idr1) {
        return new AttributeOverrides(new IdRegisters(0, idr1, 0, 0, 0, 0, 0, 0), decided::add);
    }

    private static MemoryAttributes attributes(int memAttr, Shareability shareability) {
        return new MemoryAttributes(memAttr, shareability);
    }

    @Test
    void incomingAttributesPassWhenNothingIsOverridden() {
        MemoryAttributes incoming = attributes(0b1011, Shareability.NON_SHAREABLE);
        assertSame(incoming, overrides.input(incoming, false, 0b0101, 1));
        assertTrue(decided.isEmpty());
    }

    @Test
    @Rule("A-ATT-01")
    void typeAndDomainAreReplacedSeparately() {
        MemoryAttributes incoming = attributes(0b1111, Shareability.INNER_SHAREABLE);
        assertEquals(attributes(0b1010, Shareability.INNER_SHAREABLE), overrides.input(incoming, true, 0b1010, 1));
        assertEquals(attributes(0b1111, Shareability.NON_SHAREABLE), overrides.input(incoming, false, 0b1010, 0));
        assertEquals(attributes(0b1111, Shareability.OUTER_SHAREABLE), overrides.input(incoming, false, 0b1010, 2));
        assertEquals(
                attributes(0b1111, Shareability.INNER_SHAREABLE),
                overrides.input(attributes(0b1111, Shareability.NON_SHAREABLE), false, 0, 3));
        assertEquals(RuleId.of("A-ATT-01"), decided.get(0));
    }

    @Test
    @Rule("A-ATT-01")
    void reservedTypeOfAFieldIsDeviceNgnrne() {
        for (int reserved : new int[] {0b0100, 0b1000, 0b1100}) {
            assertEquals(
                    0,
                    overrides
                            .input(MemoryAttributes.WRITE_BACK, true, reserved, 1)
                            .memAttr());
        }
        assertEquals(0b0001, AttributeOverrides.typeOfField(0b0001));
    }

    @Test
    @Rule("A-STE-36")
    void withoutTheOverrideFeaturesTheFieldsAreIgnored() {
        assertSame(MemoryAttributes.WRITE_BACK, fixed.input(MemoryAttributes.WRITE_BACK, true, 0, 2));
        assertFalse(fixed.privileged(false, 3));
        assertTrue(fixed.privileged(true, 2));
        assertFalse(fixed.instruction(Access.READ, false, 3));
        assertTrue(fixed.instruction(Access.READ, true, 2));
    }

    @Test
    @Rule("A-ATT-08")
    void deviceAndNonCacheableOutputIsOuterShareable() {
        for (int type : new int[] {0, 1, 2, 3, 0b0101}) {
            assertEquals(
                    attributes(type, Shareability.OUTER_SHAREABLE),
                    overrides.output(attributes(type, Shareability.NON_SHAREABLE)));
        }
        assertEquals(List.of(RuleId.of("A-ATT-08")), decided.stream().distinct().toList());
        MemoryAttributes mixed = attributes(0b0111, Shareability.NON_SHAREABLE);
        assertSame(mixed, overrides.output(mixed));
    }

    @Test
    @Rule("A-PRM-01")
    @Rule("A-STE-37")
    void privilegeFollowsPrivcfg() {
        assertTrue(overrides.privileged(true, 0));
        assertTrue(overrides.privileged(true, 1));
        assertFalse(overrides.privileged(false, 1));
        assertTrue(decided.isEmpty());
        assertFalse(overrides.privileged(true, 2));
        assertTrue(overrides.privileged(false, 3));
        assertEquals(List.of(RuleId.of("A-PRM-01"), RuleId.of("A-PRM-01")), decided);
    }

    @Test
    @Rule("A-PRM-01")
    @Rule("A-STE-37")
    void instructionFollowsInstcfgOnReads() {
        assertTrue(overrides.instruction(Access.READ, true, 0));
        assertFalse(overrides.instruction(Access.READ, false, 1));
        assertFalse(overrides.instruction(Access.READ, true, 2));
        assertTrue(overrides.instruction(Access.READ, false, 3));
        assertEquals(List.of(RuleId.of("A-PRM-01"), RuleId.of("A-PRM-01")), decided);
    }

    @Test
    @Rule("A-PRM-02")
    @Rule("A-ATT-13")
    void aWriteIsAlwaysData() {
        assertFalse(overrides.instruction(Access.WRITE, false, 0));
        assertTrue(decided.isEmpty());
        assertFalse(overrides.instruction(Access.WRITE, true, 0));
        assertFalse(overrides.instruction(Access.WRITE, false, 3));
        assertFalse(fixed.instruction(Access.WRITE, true, 0));
        assertTrue(decided.contains(RuleId.of("A-PRM-02")));
    }
}
