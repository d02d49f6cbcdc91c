package org.nestor.oracle;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.Capability;
import org.nestor.memory.MemoryRegion;
import org.nestor.protocol.Feature;
import org.nestor.protocol.MemoryWindow;
import org.nestor.protocol.Reply;
import org.nestor.smmu.register.IdRegisters;

/** What an implementation says of itself, as generators need it. */
public final class ReportedCapabilities {
    private static final IdRegisters NOTHING = new IdRegisters(0, 0, 0, 0, 0, 0, 0, 0);

    private ReportedCapabilities() {}

    /**
     * The capabilities that a reply to hello tells of.
     *
     * @throws IllegalArgumentException if scenarios need more than the implementation has, such as memory
     */
    public static Capabilities of(Reply.Introduction hello) {
        return new Capabilities(
                IdRegisterValues.with(NOTHING, hello.idr()),
                hello.memory().stream().map(ReportedCapabilities::region).toList(),
                hello.sids().stream().map(Long::intValue).toList(),
                capabilities(hello.features()),
                hello.dmaMaxLength());
    }

    private static MemoryRegion region(MemoryWindow window) {
        return new MemoryRegion(window.base(), window.size(), window.device());
    }

    private static Set<Capability> capabilities(List<Feature> features) {
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        for (Feature feature : features) {
            switch (feature) {
                case STATUS -> capabilities.add(Capability.STATUS);
                case SSID -> capabilities.add(Capability.SUBSTREAMS);
                case PRIVILEGED -> capabilities.add(Capability.PRIVILEGED);
                case INSTRUCTION -> capabilities.add(Capability.INSTRUCTION);
                case ATS -> capabilities.add(Capability.ATS);
                case PRI -> capabilities.add(Capability.PRI);
                case STALL -> capabilities.add(Capability.STALL);
                case IRQS -> capabilities.add(Capability.INTERRUPTS);
                case RESET_IDR -> capabilities.add(Capability.RESET_IDS);
                case ATTRS -> {}
            }
        }
        return capabilities;
    }
}
