package org.nestor.smmu.command;

import java.util.Optional;
import org.nestor.smmu.format.Granule;

/** The commands that remove cached configuration or translations (IHI 0070 sections 4.3 and 4.4). */
public sealed interface InvalidationCommand extends Command {

    /** The addresses that it is about; none if it is not about addresses. */
    default Optional<Extent> byAddress() {
        return Optional.empty();
    }

    /**
     * The addresses a by-address command covers, and its hints.
     *
     * @param address Addr field in place: an input address of stage 1, or an IPA
     * @param leaf only leaf entries need go
     * @param range the fields of a range command, empty when TG = 0
     */
    record Extent(long address, boolean leaf, Optional<Range> range) {}

    /**
     * Range fields (IDR3.RIL): the addresses from {@code address} up to {@code (num + 1) * 2^scale} granules above it.
     *
     * @param granule TG
     * @param ttl 0 any level, else the level of the leaf entries meant
     * @param num 0 to 31
     * @param scale 0 to 31
     */
    record Range(Granule granule, int ttl, int num, int scale) {}

    /** CMD_CFGI_STE. */
    record CfgiSte(int streamId, boolean leaf) implements InvalidationCommand {}

    /** CMD_CFGI_STE_RANGE, and CMD_CFGI_ALL when {@code range} is 31: StreamID bits [range:0] are ignored. */
    record CfgiSteRange(int streamId, int range) implements InvalidationCommand {}

    /** CMD_CFGI_CD. */
    record CfgiCd(int streamId, int substreamId, boolean leaf) implements InvalidationCommand {}

    /** CMD_CFGI_CD_ALL. */
    record CfgiCdAll(int streamId) implements InvalidationCommand {}

    /** CMD_TLBI_NH_ALL. */
    record TlbiNhAll(int vmid) implements InvalidationCommand {}

    /** CMD_TLBI_NH_ASID. */
    record TlbiNhAsid(int vmid, int asid) implements InvalidationCommand {}

    /** CMD_TLBI_NH_VA. */
    record TlbiNhVa(int vmid, int asid, Extent extent) implements InvalidationCommand {
        @Override
        public Optional<Extent> byAddress() {
            return Optional.of(extent);
        }
    }

    /** CMD_TLBI_NH_VAA. */
    record TlbiNhVaa(int vmid, Extent extent) implements InvalidationCommand {
        @Override
        public Optional<Extent> byAddress() {
            return Optional.of(extent);
        }
    }

    /** CMD_TLBI_EL2_ALL. */
    record TlbiEl2All() implements InvalidationCommand {}

    /** CMD_TLBI_EL2_ASID. */
    record TlbiEl2Asid(int asid) implements InvalidationCommand {}

    /** CMD_TLBI_EL2_VA. */
    record TlbiEl2Va(int asid, Extent extent) implements InvalidationCommand {
        @Override
        public Optional<Extent> byAddress() {
            return Optional.of(extent);
        }
    }

    /** CMD_TLBI_EL2_VAA. */
    record TlbiEl2Vaa(Extent extent) implements InvalidationCommand {
        @Override
        public Optional<Extent> byAddress() {
            return Optional.of(extent);
        }
    }

    /** CMD_TLBI_S12_VMALL. */
    record TlbiS12Vmall(int vmid) implements InvalidationCommand {}

    /** CMD_TLBI_S2_IPA. */
    record TlbiS2Ipa(int vmid, Extent extent) implements InvalidationCommand {
        @Override
        public Optional<Extent> byAddress() {
            return Optional.of(extent);
        }
    }

    /** CMD_TLBI_NSNH_ALL. */
    record TlbiNsnhAll() implements InvalidationCommand {}
}
