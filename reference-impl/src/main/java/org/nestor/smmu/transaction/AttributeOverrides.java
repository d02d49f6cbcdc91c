package org.nestor.smmu.transaction;

import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.IdRegisters;

/**
 * The overrides of incoming attributes that GBPA and the STE have in common (IHI 0070 chapter 13).
 *
 * <p>ALLOCCFG has no part here, as allocation hints are not modelled. Whether the type overrides apply to PCIe streams is
 * IMPLEMENTATION DEFINED; this SMMU applies them to every stream.
 */
public class AttributeOverrides {
    private static final RuleId OUTER_SHAREABLE_TYPES = RuleId.of("A-ATT-08");
    private static final RuleId TYPE_OVERRIDE = RuleId.of("A-ATT-01");
    private static final RuleId PERMISSION_OVERRIDE = RuleId.of("A-PRM-01");
    private static final RuleId WRITES_ARE_DATA = RuleId.of("A-PRM-02");
    private static final RuleId NOT_OVERRIDABLE = RuleId.of("A-STE-36");
    private static final RuleId RESERVED_OVERRIDE = RuleId.of("A-STE-37");
    private static final int USE_INCOMING = 1;

    private final boolean typesOverridable;
    private final boolean permissionsOverridable;
    private final RuleLog rules;

    /** Takes IDR1.ATTR_TYPES_OVR and IDR1.ATTR_PERMS_OVR. */
    public AttributeOverrides(IdRegisters ids, RuleLog rules) {
        this.typesOverridable = ids.attrTypesOvr();
        this.permissionsOverridable = ids.attrPermsOvr();
        this.rules = rules;
    }

    /**
     * The input attributes of a transaction, not yet in their output form (see {@link #output}).
     *
     * @param incoming as presented by the client
     * @param mtcfg MTCFG: replace the memory type
     * @param memAttr MemAttr[3:0]; a reserved value is Device-nGnRnE
     * @param shcfg SHCFG[1:0]: 00 NSH, 01 use incoming, 10 OSH, 11 ISH
     */
    @Rule("A-ATT-01")
    @Rule("A-STE-36")
    public MemoryAttributes input(MemoryAttributes incoming, boolean mtcfg, int memAttr, int shcfg) {
        rules.followed(NOT_OVERRIDABLE, !typesOverridable && (mtcfg || shcfg != USE_INCOMING));
        if (!typesOverridable || (!mtcfg && shcfg == USE_INCOMING)) {
            return incoming;
        }
        rules.decided(TYPE_OVERRIDE);
        int type = mtcfg ? typeOfField(memAttr) : incoming.memAttr();
        Shareability domain = shcfg == USE_INCOMING ? incoming.shareability() : Shareability.ofField(shcfg);
        return new MemoryAttributes(type, domain);
    }

    /** The attributes as the SMMU outputs them: every Device type and Normal iNC-oNC are Outer Shareable. */
    @Rule("A-ATT-08")
    public MemoryAttributes output(MemoryAttributes attributes) {
        boolean outerShareable = attributes.isDevice() || attributes.memAttr() == MemoryAttributes.NORMAL_NC;
        if (!outerShareable || attributes.shareability() == Shareability.OUTER_SHAREABLE) {
            return attributes;
        }
        rules.decided(OUTER_SHAREABLE_TYPES);
        return new MemoryAttributes(attributes.memAttr(), Shareability.OUTER_SHAREABLE);
    }

    /**
     * PnU after the override.
     *
     * @param privcfg PRIVCFG[1:0]: 0x use incoming, 10 unprivileged, 11 privileged
     */
    @Rule("A-PRM-01")
    @Rule("A-STE-36")
    @Rule("A-STE-37")
    @Rule("A-ATT-13")
    public boolean privileged(boolean incoming, int privcfg) {
        rules.followed(NOT_OVERRIDABLE, !permissionsOverridable && privcfg >= 2);
        rules.followed(RESERVED_OVERRIDE, privcfg == 1);
        if (!permissionsOverridable || privcfg < 2) {
            return incoming;
        }
        rules.decided(PERMISSION_OVERRIDE);
        return privcfg == 3;
    }

    /**
     * InD after the override; a write is always data.
     *
     * @param instcfg INSTCFG[1:0]: 0x use incoming, 10 data, 11 instruction
     */
    @Rule("A-PRM-01")
    @Rule("A-PRM-02")
    @Rule("A-STE-36")
    @Rule("A-STE-37")
    @Rule("A-ATT-13")
    public boolean instruction(Access access, boolean incoming, int instcfg) {
        if (access == Access.WRITE) {
            if (incoming || instcfg == 3) {
                rules.decided(WRITES_ARE_DATA);
            }
            return false;
        }
        rules.followed(NOT_OVERRIDABLE, !permissionsOverridable && instcfg >= 2);
        rules.followed(RESERVED_OVERRIDE, instcfg == 1);
        if (!permissionsOverridable || instcfg < 2) {
            return incoming;
        }
        rules.decided(PERMISSION_OVERRIDE);
        return instcfg == 3;
    }

    /** A MemAttr field of the STE, GBPA or an MSI register as a type: the reserved values are Device-nGnRnE. */
    public static int typeOfField(int memAttr) {
        return MemoryAttributes.isType(memAttr) ? memAttr : MemoryAttributes.DEVICE_NGNRNE;
    }
}
