package org.nestor.iommu.smmuv3;

import java.util.Optional;
import java.util.OptionalLong;
import org.nestor.iommu.Prot;
import org.nestor.iommu.Refusal;
import org.nestor.memory.PhysicalMemory;
import org.nestor.rule.Rule;

/** The tables of a domain: its page table and, at stage 1, the CD that points to it. */
final class HostTables {
    private static final int CD_ORDER = 6;

    private final SmmuInstance smmu;
    private final IoPageTable table;
    private final OptionalLong contextDescriptor;

    private HostTables(SmmuInstance smmu, IoPageTable table, OptionalLong contextDescriptor) {
        this.smmu = smmu;
        this.table = table;
        this.contextDescriptor = contextDescriptor;
    }

    /** Tables in the host's page size, or nothing if memory is short. */
    @Rule("R-ALLOC-13")
    static Optional<HostTables> create(SmmuInstance smmu, boolean stage2) {
        int bits = smmu.features().addressBits();
        PageFormat format = new PageFormat(stage2, smmu.options().hostGranule(), bits, bits);
        PhysicalMemory memory = smmu.port().memory();
        Optional<IoPageTable> table = IoPageTable.create(memory, smmu.pages(), format);
        if (table.isEmpty() || stage2) {
            return table.map(made -> new HostTables(smmu, made, OptionalLong.empty()));
        }
        OptionalLong descriptor = smmu.pages().allocate(CD_ORDER);
        if (descriptor.isEmpty()) {
            table.get().free();
            return Optional.empty();
        }
        return Optional.of(new HostTables(smmu, table.get(), descriptor));
    }

    PageFormat format() {
        return table.format();
    }

    long root() {
        return table.root();
    }

    long contextDescriptor() {
        return contextDescriptor.orElseThrow();
    }

    Optional<Refusal> map(long input, long output, long size, Prot prot) {
        return table.map(input, output, size, prot);
    }

    long unmap(long input, long size, IoPageTable.BlockFlush flush) {
        return table.unmap(input, size, flush);
    }

    OptionalLong lookUp(long input) {
        return table.lookUp(input);
    }

    void free() {
        table.free();
        contextDescriptor.ifPresent(address -> smmu.pages().release(address, CD_ORDER));
    }
}
