package org.nestor.generators.nested;

import java.util.List;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.command.Command;
import org.nestor.smmu.command.Endpoints;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.transaction.PageResponse;

/** What outlives a kernel: memory, two SMMUs that forget nothing by themselves, and the ATCs of the devices behind them. */
final class Hardware {
    /** How many kernels, one after the other, there is memory for. */
    static final int KERNELS = 8;

    static final int SMMUS = 2;
    static final long RAM_BYTES = 1L << 32;
    static final long DOORBELL = RAM_BYTES + 0x1040;

    private static final long NOBODYS_BYTES = 0x1000_0000L;
    private static final long TABLES = 0x8000_0000L;
    private static final long TABLES_BYTES = (RAM_BYTES - TABLES) / KERNELS;
    private static final int ATC_ALL = 52;

    private final PhysicalMemory memory;
    private final List<Smmu> smmus;
    private List<GuestDevice> devices = List.of();

    /** Memory and an SMMU of each kind. */
    Hardware(List<SmmuKind> kinds) {
        memory = new GuardedMemory(
                new SparseMemory(List.of(MemoryRegion.ram(0, RAM_BYTES), new MemoryRegion(RAM_BYTES, 1 << 20, true))),
                NOBODYS_BYTES);
        smmus = kinds.stream()
                .map(kind -> new Smmu(
                        kind.ids(),
                        memory,
                        new SmmuParts(new CachedTranslation(CachePolicies::infinite), new Atcs()),
                        RuleLog.NONE))
                .toList();
    }

    PhysicalMemory memory() {
        return memory;
    }

    List<Smmu> smmus() {
        return smmus;
    }

    /** Where a kernel has its tables and queues. */
    static long tables(int kernel) {
        return TABLES + kernel * TABLES_BYTES;
    }

    static long tablesEnd(int kernel) {
        return tables(kernel) + TABLES_BYTES;
    }

    /** These are the devices whose ATCs answer from now on. */
    void connect(List<GuestDevice> connected) {
        devices = connected;
    }

    private final class Atcs implements Endpoints {

        @Override
        public boolean invalidate(Command.AtcInv invalidation) {
            for (GuestDevice device : devices) {
                if (device.stream() == invalidation.streamId()) {
                    long span = invalidation.size() >= ATC_ALL ? -1 : (1L << invalidation.size() + 12) - 1;
                    device.cache().keySet().removeIf(page -> (page & ~span) == (invalidation.address() & ~span));
                }
            }
            return true;
        }

        @Override
        public void respond(PageResponse response) {}
    }
}
