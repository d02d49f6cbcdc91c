package org.nestor.iommu.smmuv3;

import java.util.List;
import org.nestor.iommu.GuestStage1;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;

/** The stage that the host keeps for a bound domain: tables, the VMID or ASID that tags their entries, and how those are removed. */
final class HostTranslation {
    private static final long CD_VALID = 1L << 31;
    private static final long CD_EPD1 = 1L << 30;
    private static final long CD_AA64 = 1L << 41;
    private static final long CD_RECORD = 1L << 45;
    private static final long CD_ABORT = 1L << 46;
    private static final long CD_ASET = 1L << 47;
    private static final int CD_TG0_SHIFT = 6;
    private static final long CD_CACHEABLE_INNER_SHAREABLE = 1L << 8 | 1L << 10 | 3L << 12;
    private static final int CD_IPS_SHIFT = 32;
    private static final int CD_ASID_SHIFT = 48;
    private static final int SL0_SHIFT = 6;
    private static final long S2_CACHEABLE_INNER_SHAREABLE = 1L << 8 | 1L << 10 | 3L << 12;
    private static final int TG_SHIFT = 14;
    private static final int PS_SHIFT = 16;
    private static final int NO_VMID = 0;

    private final SmmuInstance smmu;
    private final HostTables tables;
    private final int number;
    private final boolean stage1;

    /**
     * A stage over those tables.
     *
     * @param number the ASID at stage 1, the VMID at stage 2
     */
    HostTranslation(SmmuInstance smmu, HostTables tables, int number, boolean stage1) {
        this.smmu = smmu;
        this.tables = tables;
        this.number = number;
        this.stage1 = stage1;
        if (stage1) {
            writeContextDescriptor();
        }
    }

    private void writeContextDescriptor() {
        PageFormat format = tables.format();
        long dw0 = 64 - format.inputBits()
                | (long) format.tg0() << CD_TG0_SHIFT
                | CD_CACHEABLE_INNER_SHAREABLE
                | CD_EPD1
                | CD_VALID
                | (long) smmu.features().addressCode() << CD_IPS_SHIFT
                | CD_AA64
                | CD_RECORD
                | CD_ABORT
                | CD_ASET
                | (long) number << CD_ASID_SHIFT;
        PhysicalMemory memory = smmu.port().memory();
        long address = tables.contextDescriptor();
        memory.write64(address + 8, tables.root());
        memory.write64(address + 24, PageFormat.MAIR);
        memory.write64(address, dw0);
    }

    /** Makes a CD that the host has written invalid. */
    void clearContextDescriptor(long address) {
        smmu.port().memory().write64(address, 0);
    }

    SmmuInstance smmu() {
        return smmu;
    }

    HostTables tables() {
        return tables;
    }

    int number() {
        return number;
    }

    StreamTarget target(GuestStage1 guest) {
        return stage1
                ? new StreamTarget.HostStage1(tables.contextDescriptor())
                : new StreamTarget.HostStage2(number, control(), tables.root(), guest);
    }

    /** S2T0SZ to S2PS. */
    private long control() {
        PageFormat format = tables.format();
        return 64 - format.inputBits()
                | (long) format.sl0() << SL0_SHIFT
                | S2_CACHEABLE_INNER_SHAREABLE
                | (long) format.tg0() << TG_SHIFT
                | (long) smmu.features().addressCode() << PS_SHIFT;
    }

    /**
     * Removes the entries of a range that was unmapped, and waits for it.
     *
     * @param leaf whether tables stayed as they were
     * @param combined whether to remove entries that combine the range with a guest's stage 1 as well; they go after the others, lest
     *     they be made again from those
     */
    @Rule("R-MAP-07")
    @Rule("R-MAP-08")
    void invalidate(long address, long size, boolean leaf, boolean combined) {
        CommandRecord command = !stage1
                ? Commands.s2Ipa(number, leaf)
                : smmu.options().e2h() ? Commands.el2Va(number, leaf) : Commands.nhVa(NO_VMID, number, leaf);
        smmu.commands().complete(range(command, address, size));
        if (combined) {
            smmu.commands().complete(Commands.nhAll(number));
        }
    }

    private List<CommandRecord> range(CommandRecord command, long address, long size) {
        PageFormat format = tables.format();
        if (smmu.features().rangeInvalidation()) {
            return smmu.encoder().ranges(command, address, size, format.pageShift(), 0);
        }
        long page = 1L << format.pageShift();
        return size / page > CommandQueueSoftware.MOST_PER_RANGE
                ? List.of(allCommand())
                : smmu.encoder().steps(command, address, address + size - 1, page);
    }

    private CommandRecord allCommand() {
        if (!stage1) {
            return Commands.s12VmAll(number);
        }
        return smmu.options().e2h() ? Commands.el2Asid(number) : Commands.nhAsid(NO_VMID, number);
    }

    void invalidateAll() {
        smmu.commands().complete(allCommand());
    }

    /** Flushes and frees the tables, then gives the number back. */
    @Rule("R-ALLOC-15")
    void free(boolean release) {
        invalidateAll();
        tables.free();
        if (release || stage1) {
            (stage1 ? smmu.asids() : smmu.vmids()).release(number);
        }
    }
}
