package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.format.Granule;

/** Look-ups with one tag in every part that differs, against entries of VMID 3, ASID 5, ASET = 0, without stage 2. */
class TlbTagsTests {
    private final TlbTags tags = new TlbTags();
    private final Stage1Tag tag = new Stage1Tag(StreamWorld.NS_EL1, 3, 5, false, false);

    @ParameterizedTest
    @CsvSource({
        "NS_EL1,  3, 5, false, false, true,  true,  true",
        "NS_EL1,  3, 5, true,  false, true,  false, true",
        "NS_EL1,  3, 6, false, false, false, true,  false",
        "NS_EL1,  3, 6, true,  false, false, false, false",
        "NS_EL1,  4, 5, false, false, false, false, false",
        "NS_EL1,  3, 5, false, true,  false, false, false",
        "EL2,     3, 5, false, false, false, false, false",
        "EL2_E2H, 3, 5, false, false, false, false, false",
    })
    @Rule("A-WLK-12")
    @Rule("C-KEY-02")
    @Rule("C-KEY-05")
    @Rule("C-KEY-07")
    @Rule("C-TLB-12")
    void entryServesLookUpsWithItsTags(
            StreamWorld world,
            int vmid,
            int asid,
            boolean aset,
            boolean nested,
            boolean nonGlobal,
            boolean global,
            boolean pointer) {
        Stage1Tag asked = new Stage1Tag(world, vmid, asid, aset, nested);
        assertEquals(nonGlobal, serves(asked, tags.mask(Entries.leaf(tag, 0, 12, false))));
        assertEquals(global, serves(asked, tags.mask(Entries.leaf(tag, 0, 12, true))));
        assertEquals(pointer, serves(asked, tags.mask(Entries.pointer(tag, 0, 21))));
    }

    private boolean serves(Stage1Tag asked, long mask) {
        RangeCache<String> cache = new RangeCache<>(1, "nothing");
        cache.put(0, 12, tags.of(tag), mask, "entry");
        return cache.find(0, tags.of(asked)).equals("entry");
    }

    @ParameterizedTest
    @CsvSource({"3, true", "2, false", "0x103, false"})
    @Rule("A-RGM-04")
    @Rule("C-KEY-06")
    void stage2EntryServesItsVmid(int vmid, boolean serves) {
        assertEquals(serves, tags.of(regime(3)) == tags.of(regime(vmid)));
    }

    private static Stage2Regime regime(int vmid) {
        TableGeometry geometry = new TableGeometry(Granule.KB4, 39, 1, 0, 48, false);
        return new Stage2Regime(vmid, geometry, false, false, false, false, false);
    }

    @ParameterizedTest
    @CsvSource({"0xFFFF, 0, false, false", "0, 0xFFFF, false, false", "0, 0, true, false", "0, 0, false, true"})
    @Rule("C-KEY-01")
    void widestTagsDoNotRunIntoOneAnother(int vmid, int asid, boolean aset, boolean nested) {
        Stage1Tag other = new Stage1Tag(StreamWorld.NS_EL1, vmid, asid, aset, nested);
        Stage1Tag zero = new Stage1Tag(StreamWorld.NS_EL1, 0, 0, false, false);
        Stage1Tag el2 = new Stage1Tag(StreamWorld.EL2, 0, 0, false, false);
        assertEquals(0, tags.of(other) & tags.of(el2));
        assertEquals(0, tags.of(zero));
        assertEquals(
                vmid == 0 && asid == 0 ? 1 : 16,
                Long.bitCount(tags.of(other)),
                "every bit of the tag has a place of its own");
    }
}
