package org.nestor.smmu.config;

import java.util.Optional;

/**
 * Stage 1 as a CD sets it up, decoded once.
 *
 * @param tag tags of every entry made from it
 * @param lower TT0, empty if EPD0
 * @param upper TT1, empty if EPD1 or in a world with one table
 * @param affd AFFD
 * @param hardwareAccess effective HA
 * @param hardwareDirty effective HD: 0 unless HA is 1
 * @param writeExecuteNever WXN
 * @param privilegedAccessNever PAN
 * @param mair eight attribute bytes
 */
public record Stage1Regime(
        Stage1Tag tag,
        Optional<Stage1Half> lower,
        Optional<Stage1Half> upper,
        boolean affd,
        boolean hardwareAccess,
        boolean hardwareDirty,
        boolean writeExecuteNever,
        boolean privilegedAccessNever,
        long mair) {

    /** The half that VA[55] points to; a world with one table has only the lower half. */
    public Optional<Stage1Half> half(long address) {
        return tag.world().hasTwoTables() && (address >>> 55 & 1) != 0 ? upper : lower;
    }

    /** Whether an address is translated alike by the same descriptors, wherever the tables are. */
    public boolean readsAlike(Stage1Regime other, long address) {
        return withoutTables(address).equals(other.withoutTables(address));
    }

    /** Whether table descriptors for an address lead to the same tables. */
    public boolean pointsAlike(Stage1Regime other, long address) {
        return half(address)
                .map(Stage1Half::pointing)
                .equals(other.half(address).map(Stage1Half::pointing));
    }

    /** These tables, for look-ups that another regime admits: TBIx and E0PDx are its. */
    public Stage1Regime lookedUpAs(Stage1Regime other) {
        return new Stage1Regime(
                tag,
                lookedUpAs(lower, other.lower),
                lookedUpAs(upper, other.upper),
                affd,
                hardwareAccess,
                hardwareDirty,
                writeExecuteNever,
                privilegedAccessNever,
                mair);
    }

    private static Optional<Stage1Half> lookedUpAs(Optional<Stage1Half> half, Optional<Stage1Half> other) {
        return half.map(one -> other.map(one::lookedUpAs).orElse(one));
    }

    /** These tables, with what they say read as another regime reads it: WXN, PAN and MAIR are its. */
    public Stage1Regime readAs(Stage1Regime other) {
        return new Stage1Regime(
                tag,
                lower,
                upper,
                affd,
                hardwareAccess,
                hardwareDirty,
                other.writeExecuteNever,
                other.privilegedAccessNever,
                other.mair);
    }

    private Stage1Regime withoutTables(long address) {
        return new Stage1Regime(
                tag,
                half(address).map(Stage1Half::withoutTable),
                Optional.empty(),
                affd,
                hardwareAccess,
                hardwareDirty,
                writeExecuteNever,
                privilegedAccessNever,
                mair);
    }
}
