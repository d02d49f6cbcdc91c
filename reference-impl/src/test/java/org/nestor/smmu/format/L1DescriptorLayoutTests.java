package org.nestor.smmu.format;

import java.util.Set;
import org.junit.jupiter.api.Test;

class L1DescriptorLayoutTests {

    @Test
    void everyBitOfAnL1StreamTableDescriptorIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(L1StreamTableDescriptor.LAYOUT, """
                Span 4 0
                L2Ptr 51 6
                """);
        BitWalk.assertAccessors(
                L1StreamTableDescriptor.class,
                8,
                bytes -> new L1StreamTableDescriptor(BitWalk.doubleword(bytes, 0)),
                Set.of("raw"),
                """
                span 4 0
                l2Ptr 51 6 in-place
                """);
    }

    @Test
    void everyBitOfAnL1ContextDescriptorIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(L1ContextDescriptor.LAYOUT, """
                V 0 0
                L2Ptr 51 12
                """);
        BitWalk.assertAccessors(
                L1ContextDescriptor.class,
                8,
                bytes -> new L1ContextDescriptor(BitWalk.doubleword(bytes, 0)),
                Set.of("raw"),
                """
                v 0 0
                l2Ptr 51 12 in-place
                """);
    }
}
