package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import org.nestor.dma.NestedMsiCookie;
import org.nestor.dma.PreparedMsi;
import org.nestor.host.Host;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.NestedOps;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Prot;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.memory.MemoryRegion;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Tuples;
import org.nestor.spec.eval.Valuation;

/** A random run of the doorbells of one nested domain, each state in the words of iommu/msi. */
final class MsiRun {
    private static final List<String> IOVAS = List.of("I0", "I1", "I2");
    private static final List<String> PAGES = List.of("G0", "G1", "G2");
    private static final List<String> DOORBELLS = List.of("B0", "B1", "B2");
    private static final List<String> RAM = List.of("R0", "R1");

    private static final long RAM_BYTES = 1L << 32;
    private static final long DRIVER = 0x8000_0000L;
    private static final long PAGE = 4096;
    private static final long FIRST_IOVA = 0x0800_0000L;
    private static final long FIRST_PAGE = 0x1000_0000L;
    private static final long FIRST_RAM = 0x2000_0000L;
    private static final long DOORBELL_OFFSET = 0x40;

    private final Population population;
    private final Host host;
    private final IommuDevice device;
    private final IommuDomain domain;
    private final Map<String, String> prepared = new LinkedHashMap<>();
    private final List<PairedStep> steps = new ArrayList<>();
    private Valuation state;

    /** What is done in a step, with the atoms of its arguments by name. */
    private record Action(String operation, Map<String, String> arguments) {}

    /** A host whose parts are these, with a device in a nested domain. */
    MsiRun(Population population, Parts parts) {
        this.population = population;
        PhysicalMemory memory =
                new SparseMemory(List.of(MemoryRegion.ram(0, RAM_BYTES), new MemoryRegion(RAM_BYTES, 1 << 20, true)));
        SmmuParts smmuParts = new SmmuParts(new CachedTranslation(CachePolicies::infinite));
        Smmu smmu = new Smmu(Profile.FULL.idRegisters(), memory, smmuParts, RuleLog.NONE);
        host = new Host(List.of(smmu), DRIVER, RAM_BYTES, DriverOptions.DEFAULT, parts);
        device = host.addDevice(DeviceDescription.of("d", 0x10, doorbell("B0")), 0, host.group(Optional.empty()))
                .toOptional()
                .orElseThrow();
        domain = host.allocateDomain(DomainType.UNMANAGED);
        domain.setNesting(true);
        host.msi().getCookie(domain, 0);
        domain.attach(device);
        state = encoded();
    }

    static Map<String, List<String>> atoms() {
        return Map.of("Iova", IOVAS, "Gpa", PAGES, "Doorbell", DOORBELLS, "Ram", RAM);
    }

    List<PairedStep> steps() {
        return steps;
    }

    void step(Random random) {
        String at = any(IOVAS, random);
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> perform("Bind", Map.of("at", at, "page", any(PAGES, random)));
            case 4, 5 -> perform("Unbind", Map.of("at", at));
            case 6, 7, 8 -> perform("Prepare", Map.of("bell", any(DOORBELLS, random)));
            case 9 -> perform("Nothing", Map.of());
            case 10 -> {
                if (random.nextInt(4) == 0) {
                    perform("MapRam", Map.of("page", any(PAGES, random), "memory", any(RAM, random)));
                }
            }
            default -> {
                if (random.nextInt(4) == 0) {
                    perform("Release", Map.of());
                }
            }
        }
    }

    private static String any(List<String> names, Random random) {
        return names.get(random.nextInt(names.size()));
    }

    private void perform(String operation, Map<String, String> arguments) {
        Valuation before = state.with(population.slot("Now.operation"), population.set(Set.of(operation)));
        for (Map.Entry<String, String> argument : arguments.entrySet()) {
            before = before.with(
                    population.slot("Now." + argument.getKey()), population.set(Set.of(argument.getValue())));
        }
        carryOut(new Action(operation, arguments));
        state = encoded();
        steps.add(new PairedStep(before, state));
    }

    private void carryOut(Action action) {
        NestedOps ops = domain.nestedOps().orElseThrow();
        Map<String, String> arguments = action.arguments();
        switch (action.operation()) {
            case "Bind" -> ops.bindGuestMsi(iova(arguments.get("at")), page(arguments.get("page")), PAGE);
            case "Unbind" -> {
                ops.unbindGuestMsi(iova(arguments.get("at")));
                prepared.values().remove(arguments.get("at"));
            }
            case "Prepare" -> prepare(arguments.get("bell"));
            case "MapRam" -> mapRam(page(arguments.get("page")), arguments.get("memory"));
            case "Release" -> {
                cookie().release();
                prepared.clear();
            }
            default -> {}
        }
    }

    private NestedMsiCookie cookie() {
        return (NestedMsiCookie) domain.cookie().orElseThrow();
    }

    /** A device that has been told an address keeps it when there is no other. */
    private void prepare(String bell) {
        host.msi()
                .prepare(device, doorbell(bell))
                .toOptional()
                .map(PreparedMsi::address)
                .ifPresent(address -> prepared.put(bell, IOVAS.get((int) ((address - FIRST_IOVA) / PAGE))));
    }

    /** Other memory takes the place of the one before; a doorbell keeps its page. */
    private void mapRam(long page, String ram) {
        if (domain.iovaToPhys(page).orElse(RAM_BYTES) < RAM_BYTES) {
            domain.unmap(page, PAGE);
        }
        domain.map(page, FIRST_RAM + PAGE * RAM.indexOf(ram), PAGE, Prot.READ_WRITE);
    }

    private static long iova(String name) {
        return FIRST_IOVA + PAGE * IOVAS.indexOf(name);
    }

    private static long page(String name) {
        return FIRST_PAGE + PAGE * PAGES.indexOf(name);
    }

    private static long doorbell(String name) {
        return RAM_BYTES + PAGE * DOORBELLS.indexOf(name) + DOORBELL_OFFSET;
    }

    private static String doorbellAt(long address) {
        return DOORBELLS.get((int) ((address - RAM_BYTES) / PAGE));
    }

    private Valuation encoded() {
        List<List<String>> gpas = new ArrayList<>();
        List<List<String>> mapped = new ArrayList<>();
        List<List<String>> newer = new ArrayList<>();
        List<String> bound = new ArrayList<>();
        for (NestedMsiCookie.Announced binding : cookie().announced()) {
            String iova = IOVAS.get((int) ((binding.giova() - FIRST_IOVA) / PAGE));
            bound.forEach(earlier -> newer.add(List.of(earlier, iova)));
            bound.add(iova);
            gpas.add(List.of(iova, PAGES.get((int) ((binding.gpa() - FIRST_PAGE) / PAGE))));
            binding.doorbell().ifPresent(address -> mapped.add(List.of(iova, doorbellAt(address))));
        }
        Tuples[] tuples = population.emptyTuples();
        tuples[population.slot("Cookie.bound")] = population.set(bound);
        tuples[population.slot("Cookie.gpa")] = population.tuples(2, gpas);
        tuples[population.slot("Cookie.mapped")] = population.tuples(2, mapped);
        tuples[population.slot("Cookie.newer")] = population.tuples(2, newer);
        tuples[population.slot("Now.operation")] = population.set(Set.of("Nothing"));
        List<List<String>> given = new ArrayList<>();
        prepared.forEach((bell, iova) -> given.add(List.of(bell, iova)));
        tuples[population.slot("Prepared.iova")] = population.tuples(2, given);
        encodeStage2(tuples);
        return Valuation.of(tuples);
    }

    private void encodeStage2(Tuples[] tuples) {
        List<List<String>> doorbells = new ArrayList<>();
        List<List<String>> ram = new ArrayList<>();
        for (String page : PAGES) {
            OptionalLong physical = domain.iovaToPhys(page(page));
            if (physical.isPresent() && physical.getAsLong() >= RAM_BYTES) {
                doorbells.add(List.of(page, doorbellAt(physical.getAsLong())));
            } else if (physical.isPresent()) {
                ram.add(List.of(page, RAM.get((int) ((physical.getAsLong() - FIRST_RAM) / PAGE))));
            }
        }
        tuples[population.slot("Stage2.doorbell")] = population.tuples(2, doorbells);
        tuples[population.slot("Stage2.ram")] = population.tuples(2, ram);
    }
}
