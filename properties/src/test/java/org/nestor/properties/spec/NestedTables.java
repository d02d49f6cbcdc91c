package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.memory.PhysicalMemory;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/**
 * The structures of two VMs and of the guests in them, each under the name of its atom in smmu/nested. A context has an ASID of its own, and
 * its CD and stage 1 table lie at the same addresses in both VMs.
 */
final class NestedTables {
    static final List<String> STREAMS = List.of("S0", "S1");
    static final List<String> VMS = List.of("M0", "M1");
    static final List<String> VMIDS = List.of("V0", "V1");
    static final List<String> CONTEXTS = List.of("K0", "K1");
    static final List<String> ASIDS = List.of("A0", "A1");
    static final List<String> VAS = List.of("X0", "X1");
    static final List<String> IPAS = List.of("I0", "I1");
    static final List<String> PAGES = List.of("P0", "P1", "P2");

    private static final int FIRST_VMID = 4;
    private static final int FIRST_ASID = 8;
    private static final int INPUT_BITS = 39;
    private static final int LEAF = 3;

    private final LinearStreamTable streams;
    private final List<LinearCdTable> contexts = new ArrayList<>();
    private final List<PageTable> stage1 = new ArrayList<>();
    private final List<PageTable> stage2 = new ArrayList<>();

    /** Lays them out in a memory: streams without configuration, and tables without leaves. */
    NestedTables(PhysicalMemory memory) {
        TableSpace space = TableSpace.physical(memory, new BumpAllocator(WatchedTables.PAGE, 1L << 20));
        streams = new LinearStreamTable(space, 1);
        STREAMS.forEach(stream -> contexts.add(new LinearCdTable(space, 0)));
        CONTEXTS.forEach(context -> stage1.add(PageTable.stage1(space, Granule.KB4, INPUT_BITS)));
        CONTEXTS.forEach(context -> VAS.forEach(va -> unmap1(context, va)));
        VMS.forEach(vm -> stage2.add(PageTable.stage2(space, Granule.KB4, INPUT_BITS, 1)));
        VMS.forEach(vm -> IPAS.forEach(ipa -> unmap2(vm, ipa)));
        stage2.forEach(root -> IdentityMap.into(root, space));
    }

    LinearStreamTable streams() {
        return streams;
    }

    private static int index(String atom) {
        return Integer.parseInt(atom.substring(1));
    }

    static int streamId(String stream) {
        return index(stream);
    }

    static int vmid(String vm) {
        return FIRST_VMID + index(vm);
    }

    static long address(String va) {
        return WatchedTables.ADDRESS + index(va) * WatchedTables.PAGE;
    }

    static long ipa(String ipa) {
        return WatchedTables.IPA + index(ipa) * WatchedTables.PAGE;
    }

    static long output(String page) {
        return WatchedTables.OUTPUT + index(page) * WatchedTables.PAGE;
    }

    /** The stream whose STEs have that context pointer. */
    Optional<String> streamOf(long contextPointer) {
        return STREAMS.stream()
                .filter(stream -> contexts.get(index(stream)).s1ContextPtr() == contextPointer)
                .findFirst();
    }

    static String vmidAtom(int vmid) {
        return VMIDS.get(vmid - FIRST_VMID);
    }

    static String vmOf(int vmid) {
        return VMS.get(vmid - FIRST_VMID);
    }

    static String asidAtom(int asid) {
        return ASIDS.get(asid - FIRST_ASID);
    }

    static String contextOf(int asid) {
        return CONTEXTS.get(asid - FIRST_ASID);
    }

    /** The input address that is one of the addresses watched, if it is. */
    static Optional<String> vaAt(long address) {
        return VAS.stream().filter(va -> address(va) == address).findFirst();
    }

    static Optional<String> ipaAt(long address) {
        return IPAS.stream().filter(ipa -> ipa(ipa) == address).findFirst();
    }

    static Optional<String> pageAt(long address) {
        return PAGES.stream().filter(page -> output(page) == address).findFirst();
    }

    void setSte(String stream, String vm) {
        streams.put(
                index(stream),
                Ste.nested(contexts.get(index(stream)), stage2.get(index(vm))).s2vmid(vmid(vm)));
    }

    void setCd(String stream, String context) {
        contexts.get(index(stream)).put(0, Cd.of(stage1.get(index(context))).asid(FIRST_ASID + index(context)));
    }

    void map1(String context, String va, String ipa) {
        stage1.get(index(context)).map(address(va), ipa(ipa), LEAF, Stage1Bits.READ_WRITE | Stage1Bits.NG);
    }

    void unmap1(String context, String va) {
        stage1.get(index(context)).poke(address(va), LEAF, 0);
    }

    void map2(String vm, String ipa, String page) {
        stage2.get(index(vm)).map(ipa(ipa), output(page), LEAF, Stage2Bits.READ_WRITE);
    }

    void unmap2(String vm, String ipa) {
        stage2.get(index(vm)).poke(ipa(ipa), LEAF, 0);
    }

    /** Does what an operation on memory does. */
    void perform(NestedAction action) {
        switch (action.operation()) {
            case "SetSte" -> setSte(action.stream(), action.vm());
            case "SetCd" -> setCd(action.stream(), action.context());
            case "Map1" -> map1(action.context(), action.va(), action.ipa());
            case "Unmap1" -> unmap1(action.context(), action.va());
            case "Map2" -> map2(action.vm(), action.ipa(), action.page());
            case "Unmap2" -> unmap2(action.vm(), action.ipa());
            default -> {}
        }
    }
}
