package org.nestor.smmu.config;

/**
 * One of the two halves of the stage 1 input range, with its table.
 *
 * @param upper TT1 and not TT0
 * @param geometry table shape, from TxSZ, TGx, TTBx, IPS and ENDI
 * @param topByteIgnored TBIx
 * @param hierarchyDisabled effective HADx
 * @param unprivilegedDenied effective E0PDx
 */
public record Stage1Half(
        boolean upper,
        TableGeometry geometry,
        boolean topByteIgnored,
        boolean hierarchyDisabled,
        boolean unprivilegedDenied) {

    /** The same with nothing but what its table descriptors depend on. */
    Stage1Half pointing() {
        return new Stage1Half(upper, geometry, false, hierarchyDisabled, false);
    }

    /** This table, looked up in the way of another half. */
    Stage1Half lookedUpAs(Stage1Half other) {
        return new Stage1Half(upper, geometry, other.topByteIgnored, hierarchyDisabled, other.unprivilegedDenied);
    }

    /** The same with its table nowhere. */
    Stage1Half withoutTable() {
        return new Stage1Half(upper, geometry.at(0), topByteIgnored, hierarchyDisabled, unprivilegedDenied);
    }
}
