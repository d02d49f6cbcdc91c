package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.nestor.host.Host;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.NestedOps;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.smmuv3.DriverObserver;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.iommu.smmuv3.SteImage;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.tlb.CachePolicies;

/** Random operations of the driver on one device and two nested domains, and what is in the device's STE whenever hardware is told. */
final class SteWrites {
    private static final long RAM_BYTES = 1L << 32;
    private static final long DRIVER = 0x8000_0000L;
    private static final int STREAM = 0x10;

    private final Random random;
    private final Host host;
    private final IommuDevice device;
    private final List<IommuDomain> domains = new ArrayList<>();
    private final List<Line> images = new ArrayList<>();
    private boolean watching;

    /** A host whose driver is made of these parts. */
    SteWrites(Parts parts, long seed) {
        random = new Random(seed);
        PhysicalMemory memory = SparseMemory.ram(0, RAM_BYTES);
        SmmuParts smmuParts = new SmmuParts(new CachedTranslation(CachePolicies::never));
        Smmu smmu = new Smmu(Profile.FULL.idRegisters(), memory, smmuParts, RuleLog.NONE);
        host = new Host(List.of(smmu), DRIVER, RAM_BYTES, DriverOptions.DEFAULT, parts, new Watch());
        DeviceDescription description =
                new DeviceDescription("d", List.of(STREAM), Optional.empty(), false, false, false, true, false);
        device = host.addDevice(description, 0, host.group(Optional.empty()))
                .toOptional()
                .orElseThrow();
        for (int i = 0; i < 2; i++) {
            IommuDomain domain = host.allocateDomain(DomainType.UNMANAGED);
            domain.setNesting(true);
            domains.add(domain);
        }
        watching = true;
    }

    /** The driver says that the STE has changed, and waits. */
    private final class Watch implements DriverObserver {
        @Override
        public void command(CommandRecord command) {
            if (watching && command.opcode() == CommandOpcode.CMD_CFGI_STE.code()) {
                images.add(image());
            }
        }
    }

    private Line image() {
        SteImage ste = host.instance(0).ste(STREAM);
        return new Line(ste.dw0(), ste.dw1(), ste.dw2(), ste.dw3(), 0, 0, 0, 0);
    }

    /** Does something; the STE before it, at each synchronisation, and after it. */
    List<Line> operation() {
        images.clear();
        images.add(image());
        IommuDomain domain = domains.get(random.nextInt(domains.size()));
        NestedOps ops = domain.nestedOps().orElseThrow();
        switch (random.nextInt(7)) {
            case 0, 1 -> domain.attach(device);
            case 2 -> domain.detach(device);
            case 3 ->
                ops.attachPasidTable(
                        PasidTableConfig.of(PasidTableConfig.TRANSLATE, 0x10_0000L + 4096L * random.nextInt(3)));
            case 4 -> ops.attachPasidTable(PasidTableConfig.of(PasidTableConfig.BYPASS, 0));
            case 5 -> ops.attachPasidTable(PasidTableConfig.of(PasidTableConfig.ABORT, 0));
            default -> ops.detachPasidTable();
        }
        images.add(image());
        return List.copyOf(images);
    }
}
