package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.Test;

class DescriptorLayoutTests {

    @Test
    void everyBitOfAStageOneLeafIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(Stage1Descriptor.LEAF, """
                Type 1 0
                AttrIndx 4 2
                NS 5 5
                AP 7 6
                SH 9 8
                AF 10 10
                nG 11 11
                OutputAddress 47 12
                DBM 51 51
                Contiguous 52 52
                PXN 53 53
                UXN 54 54
                Software 58 55
                HWU 62 59
                """);
    }

    @Test
    void everyBitOfAStageOneTableIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(Stage1Descriptor.TABLE, """
                Type 1 0
                NextTable 47 12
                PXNTable 59 59
                UXNTable 60 60
                APTable 62 61
                NSTable 63 63
                """);
    }

    @Test
    void everyBitOfAStageOneDescriptorIsSeenByItsAccessorAndNoOther() {
        BitWalk.assertAccessors(
                Stage1Descriptor.class,
                8,
                bytes -> new Stage1Descriptor(BitWalk.doubleword(bytes, 0)),
                Set.of("raw"),
                """
                attrIndx 4 2
                ns 5 5
                ap 7 6
                sh 9 8
                af 10 10
                nG 11 11
                dbm 51 51
                contiguous 52 52
                pxn 53 53
                uxn 54 54
                pxnTable 59 59
                uxnTable 60 60
                apTable 62 61
                nsTable 63 63
                """);
    }

    @Test
    void everyBitOfAStageTwoLeafIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(Stage2Descriptor.LEAF, """
                Type 1 0
                MemAttr 5 2
                S2AP 7 6
                SH 9 8
                AF 10 10
                OutputAddress 47 12
                DBM 51 51
                Contiguous 52 52
                XN 54 53
                Software 58 55
                HWU 63 59
                """);
    }

    @Test
    void everyBitOfAStageTwoTableIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(Stage2Descriptor.TABLE, """
                Type 1 0
                NextTable 47 12
                Ignored 63 59
                """);
    }

    @Test
    void everyBitOfAStageTwoDescriptorIsSeenByItsAccessorAndNoOther() {
        BitWalk.assertAccessors(
                Stage2Descriptor.class,
                8,
                bytes -> new Stage2Descriptor(BitWalk.doubleword(bytes, 0)),
                Set.of("raw"),
                """
                memAttr 5 2
                s2ap 7 6
                sh 9 8
                af 10 10
                dbm 51 51
                contiguous 52 52
                xn 54 53
                """);
    }

    @Test
    void pagesWrittenForAnotherSmmuAreRead() {
        Stage1Descriptor stage1 = new Stage1Descriptor(0x0000_0002_3456_7743L);
        Stage2Descriptor stage2 = new Stage2Descriptor(0x0000_0000_4080_07FFL);

        assertAll(
                () -> assertEquals(1, stage1.ap()),
                () -> assertEquals(3, stage1.sh()),
                () -> assertTrue(stage1.af()),
                () -> assertFalse(stage1.nG()),
                () -> assertEquals(0xF, stage2.memAttr()),
                () -> assertEquals(3, stage2.s2ap()),
                () -> assertEquals(3, stage2.sh()),
                () -> assertTrue(stage2.af()));
    }

    @Test
    void hardwareUpdatesChangeOneBit() {
        assertEquals(0x403L, new Stage1Descriptor(0x003).accessed().raw());
        assertEquals(0x443L, new Stage1Descriptor(0x4C3).dirty().raw());
        assertEquals(0x403L, new Stage2Descriptor(0x003).accessed().raw());
        assertEquals(0x4C3L, new Stage2Descriptor(0x443).dirty().raw());
    }
}
