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
class TlbMatchTests {
    private final TlbMatch match = new TlbMatch();
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
        assertEquals(nonGlobal, match.serves(Entries.leaf(tag, 0, 12, false), asked));
        assertEquals(global, match.serves(Entries.leaf(tag, 0, 12, true), asked));
        assertEquals(pointer, match.serves(Entries.pointer(tag, 0, 21), asked));
    }

    @ParameterizedTest
    @CsvSource({"3, true", "2, false", "0x103, false"})
    @Rule("A-RGM-04")
    @Rule("C-KEY-06")
    void stage2EntryServesItsVmid(int vmid, boolean serves) {
        TableGeometry geometry = new TableGeometry(Granule.KB4, 39, 1, 0, 48, false);
        Stage2Regime regime = new Stage2Regime(vmid, geometry, false, false, false, false, false);
        assertEquals(serves, match.serves(Entries.stage2Leaf(3, 0, 12), regime));
        assertEquals(serves, match.serves(Entries.stage2Pointer(3, 0, 21), regime));
    }
}
