package org.nestor.properties.spec;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.nestor.host.Host;
import org.nestor.iommu.DeviceDescription;
import org.nestor.iommu.DomainType;
import org.nestor.iommu.GuestStage1;
import org.nestor.iommu.IommuDevice;
import org.nestor.iommu.IommuDomain;
import org.nestor.iommu.NestedOps;
import org.nestor.iommu.Parts;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.Prot;
import org.nestor.iommu.smmuv3.DriverOptions;
import org.nestor.iommu.smmuv3.SteImage;
import org.nestor.memory.PhysicalMemory;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.tlb.CacheContents;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Tuples;
import org.nestor.spec.eval.Valuation;

/**
 * A random run of the driver with nested domains, each state in the words of iommu/domain. All but a few VMIDs are taken beforehand, so that
 * they run out; the SMMU remembers everything, and DMAs after each operation see to it that there is something to remember.
 */
final class DomainRun {
    private static final List<String> DEVICES = List.of("X0", "X1", "X2");
    private static final List<String> DOMAINS = List.of("D0", "D1", "D2");
    private static final List<String> VMIDS = List.of("V0", "V1");
    private static final List<String> TABLES = List.of("T0", "T1", "T2");

    private static final long RAM_BYTES = 1L << 32;
    private static final long DRIVER = 0x8000_0000L;
    private static final int FIRST_STREAM = 0x10;
    private static final long FIRST_TABLE = 0x10_0000L;
    private static final long PAGE = 4096;
    private static final long POINTER = (1L << 52) - (1L << 6);
    private static final int VMID_MASK = 0xFFFF;
    private static final int VMID16 = 1 << 18;

    /** VMIDs of 8 bits, without 0. */
    private static final int NUMBERS = 255;

    private final Population population;
    private final ObservedCaches caches = new ObservedCaches(CachePolicies::infinite);
    private final Host host;
    private final List<IommuDevice> devices = new ArrayList<>();
    private final Map<String, IommuDomain> domains = new LinkedHashMap<>();
    private final Map<String, String> bound = new LinkedHashMap<>();
    private final int firstVmid;
    private final List<PairedStep> steps = new ArrayList<>();
    private Valuation state;

    /** What is done in a step. */
    private record Action(String operation, Optional<String> domain, Optional<String> device, Optional<String> base) {

        static Action of(String operation, String domain) {
            return new Action(operation, Optional.of(domain), Optional.empty(), Optional.empty());
        }
    }

    /** A host whose driver is made of these parts. */
    DomainRun(Population population, Parts parts) {
        this.population = population;
        PhysicalMemory memory = SparseMemory.ram(0, RAM_BYTES);
        Smmu smmu = new Smmu(ids(), memory, new SmmuParts(caches), RuleLog.NONE);
        host = new Host(List.of(smmu), DRIVER, RAM_BYTES, DriverOptions.DEFAULT, parts);
        for (int i = 0; i < DEVICES.size(); i++) {
            devices.add(device(FIRST_STREAM + i));
        }
        firstVmid = takeVmids(device(FIRST_STREAM - 1)) + 1;
        DOMAINS.forEach(domain -> domains.put(domain, nested()));
        state = encoded();
    }

    private static IdRegisters ids() {
        IdRegisters full = Profile.FULL.idRegisters();
        return new IdRegisters(
                full.idr0() & ~VMID16,
                full.idr1(),
                full.idr2(),
                full.idr3(),
                full.idr4(),
                full.idr5(),
                full.iidr(),
                full.aidr());
    }

    static Map<String, List<String>> atoms() {
        return Map.of("Device", DEVICES, "Domain", DOMAINS, "Vmid", VMIDS, "Table", TABLES);
    }

    private IommuDevice device(int stream) {
        DeviceDescription description = new DeviceDescription(
                "d" + stream, List.of(stream), Optional.empty(), false, false, false, true, false);
        return host.addDevice(description, 0, host.group(Optional.empty()))
                .toOptional()
                .orElseThrow();
    }

    private IommuDomain nested() {
        IommuDomain domain = host.allocateDomain(DomainType.UNMANAGED);
        domain.setNesting(true);
        return domain;
    }

    /** Takes VMIDs until as many are left as there are atoms, and tells the last of them. */
    private int takeVmids(IommuDevice device) {
        int last = 0;
        for (int taken = 0; taken < NUMBERS - VMIDS.size(); taken++) {
            nested().attach(device);
            last = (int) ste(device).dw2() & VMID_MASK;
        }
        return last;
    }

    private SteImage ste(IommuDevice device) {
        return host.instance(0).ste(device.description().streamIds().get(0));
    }

    List<PairedStep> steps() {
        return steps;
    }

    void step(Random random) {
        String domain = DOMAINS.get(random.nextInt(DOMAINS.size()));
        String device = DEVICES.get(random.nextInt(DEVICES.size()));
        String base = TABLES.get(random.nextInt(TABLES.size()));
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> perform(new Action("Attach", Optional.of(domain), Optional.of(device), Optional.empty()));
            case 3 -> perform(new Action("Detach", Optional.of(domain), Optional.of(device), Optional.empty()));
            case 4, 5 -> perform(new Action("SetTable", Optional.of(domain), Optional.empty(), Optional.of(base)));
            case 6 -> perform(Action.of("Bypass", domain));
            case 7 -> perform(Action.of("AbortAll", domain));
            case 8 -> perform(Action.of("DetachTable", domain));
            default -> free(domain);
        }
    }

    /** A domain is freed when no device is in it. */
    private void free(String domain) {
        for (int i = 0; i < devices.size(); i++) {
            if (devices.get(i).domain().equals(Optional.of(domains.get(domain)))) {
                perform(new Action("Detach", Optional.of(domain), Optional.of(DEVICES.get(i)), Optional.empty()));
            }
        }
        perform(Action.of("Free", domain));
    }

    private void perform(Action action) {
        Valuation before = state.with(population.slot("Now.operation"), population.set(Set.of(action.operation())))
                .with(population.slot("Now.domain"), atom(action.domain()))
                .with(population.slot("Now.device"), atom(action.device()))
                .with(population.slot("Now.base"), atom(action.base()));
        carryOut(action);
        devices.forEach(device -> host.read(device, PAGE, 4));
        state = encoded();
        steps.add(new PairedStep(before, state));
    }

    private Tuples atom(Optional<String> name) {
        return population.set(name.stream().toList());
    }

    private void carryOut(Action action) {
        String name = action.domain().orElseThrow();
        IommuDomain domain = domains.get(name);
        NestedOps ops = domain.nestedOps().orElseThrow();
        switch (action.operation()) {
            case "Attach" ->
                attach(name, domain, devices.get(DEVICES.indexOf(action.device().orElseThrow())));
            case "Detach" ->
                domain.detach(devices.get(DEVICES.indexOf(action.device().orElseThrow())));
            case "SetTable" ->
                ops.attachPasidTable(PasidTableConfig.of(
                        PasidTableConfig.TRANSLATE, address(action.base().orElseThrow())));
            case "Bypass" -> ops.attachPasidTable(PasidTableConfig.of(PasidTableConfig.BYPASS, 0));
            case "AbortAll" -> ops.attachPasidTable(PasidTableConfig.of(PasidTableConfig.ABORT, 0));
            case "DetachTable" -> ops.detachPasidTable();
            default -> {
                domain.free();
                bound.remove(name);
                domains.put(name, nested());
            }
        }
    }

    /** The VMID of a domain shows in the STE of the first device that joins it. */
    private void attach(String name, IommuDomain domain, IommuDevice device) {
        boolean joined = domain.attach(device).isOk();
        if (joined && !bound.containsKey(name)) {
            bound.put(name, vmid((int) ste(device).dw2() & VMID_MASK).orElse("none"));
            domain.map(PAGE, PAGE, PAGE, Prot.READ_WRITE);
        }
    }

    private Optional<String> vmid(int number) {
        int index = number - firstVmid;
        return index >= 0 && index < VMIDS.size() ? Optional.of(VMIDS.get(index)) : Optional.empty();
    }

    private static long address(String table) {
        return FIRST_TABLE + PAGE * TABLES.indexOf(table);
    }

    private Valuation encoded() {
        Tuples[] tuples = population.emptyTuples();
        tuples[population.slot("Domain.vmid")] = pairs(bound);
        tuples[population.slot("Domain.devices")] = population.tuples(2, membership());
        tuples[population.slot("Domain.stage1")] = pairs(mapped(DOMAINS, domain -> Optional.of(stage1(domain))));
        tuples[population.slot("Domain.table")] = pairs(mapped(DOMAINS, this::table));
        tuples[population.slot("Stes.config")] = pairs(mapped(DEVICES, device -> Optional.of(config(device))));
        tuples[population.slot("Stes.steVmid")] = pairs(mapped(DEVICES, this::steVmid));
        tuples[population.slot("Stes.pointer")] = pairs(mapped(DEVICES, this::pointer));
        tuples[population.slot("Hardware.tagged")] = population.set(tagged());
        tuples[population.slot("Now.operation")] = population.set(Set.of("Nothing"));
        return Valuation.of(tuples);
    }

    private static Map<String, String> mapped(List<String> names, Function<String, Optional<String>> value) {
        Map<String, String> found = new LinkedHashMap<>();
        names.forEach(name -> value.apply(name).ifPresent(atom -> found.put(name, atom)));
        return found;
    }

    private Tuples pairs(Map<String, String> pairs) {
        List<List<String>> rows = new ArrayList<>();
        pairs.forEach((left, right) -> rows.add(List.of(left, right)));
        return population.tuples(2, rows);
    }

    private List<List<String>> membership() {
        List<List<String>> rows = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            Optional<IommuDomain> of = devices.get(i).domain();
            String device = DEVICES.get(i);
            domains.forEach((name, domain) -> {
                if (of.equals(Optional.of(domain))) {
                    rows.add(List.of(name, device));
                }
            });
        }
        return rows;
    }

    private GuestStage1 guest(String domain) {
        return domains.get(domain).nestedOps().orElseThrow().guestStage1();
    }

    private String stage1(String domain) {
        GuestStage1 guest = guest(domain);
        return guest instanceof GuestStage1.Translate
                ? "Translating"
                : guest instanceof GuestStage1.Abort ? "Aborting" : "NoStage1";
    }

    private Optional<String> table(String domain) {
        return guest(domain) instanceof GuestStage1.Translate translate
                ? Optional.of(tableAt(translate.contextPointer()))
                : Optional.empty();
    }

    private static String tableAt(long address) {
        return TABLES.get((int) ((address - FIRST_TABLE) / PAGE));
    }

    private SteImage steOf(String device) {
        return ste(devices.get(DEVICES.indexOf(device)));
    }

    private String config(String device) {
        return switch ((int) steOf(device).dw0() & 0xF) {
            case 0b0001 -> "AbortConfig";
            case 0b1101 -> "Stage2Config";
            case 0b1111 -> "NestedConfig";
            default -> throw new IllegalStateException("STE " + steOf(device));
        };
    }

    private Optional<String> steVmid(String device) {
        return config(device).equals("AbortConfig")
                ? Optional.empty()
                : vmid((int) steOf(device).dw2() & VMID_MASK);
    }

    private Optional<String> pointer(String device) {
        return config(device).equals("NestedConfig")
                ? Optional.of(tableAt(steOf(device).dw0() & POINTER))
                : Optional.empty();
    }

    private Set<String> tagged() {
        CacheContents contents = caches.contents();
        return Stream.of(
                        contents.complete().stream().map(entry -> entry.tag().vmid()),
                        contents.stage1().stream().map(entry -> entry.tag().vmid()),
                        contents.stage2().stream().map(leaf -> leaf.vmid()),
                        contents.stage2Pointers().stream().map(pointer -> pointer.vmid()))
                .flatMap(numbers -> numbers)
                .flatMap(number -> vmid(number).stream())
                .collect(toSet());
    }

    /** How many VMIDs are given out, of those that have an atom. */
    int used() {
        return host.instance(0).vmids().used() - (firstVmid - 1);
    }

    /** How many domains have one. */
    int boundDomains() {
        return bound.size();
    }
}
