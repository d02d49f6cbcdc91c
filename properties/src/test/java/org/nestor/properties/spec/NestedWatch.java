package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.List;

/** What smmu/nested watches: the entries of an ASID of a VMID for an address, and a page. */
record NestedWatch(String vmid, String asid, String va, String page) {

    static List<NestedWatch> all() {
        List<NestedWatch> all = new ArrayList<>();
        for (String vmid : NestedTables.VMIDS) {
            for (String asid : NestedTables.ASIDS) {
                for (String va : NestedTables.VAS) {
                    NestedTables.PAGES.forEach(page -> all.add(new NestedWatch(vmid, asid, va, page)));
                }
            }
        }
        return all;
    }

    /** The combined entry. */
    List<String> entry() {
        return List.of(vmid, asid, va, page);
    }

    /** Whether a stage 1 entry is one of the watched ones. */
    boolean watches(List<String> stage1Entry) {
        return stage1Entry.subList(0, 3).equals(List.of(vmid, asid, va));
    }
}
