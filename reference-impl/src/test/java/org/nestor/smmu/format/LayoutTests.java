package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTests {

    @Test
    void aTableIsReadRowByRow() {
        Layout layout = Layout.table("X", 2, """
                # a comment

                0 3  0 Low  1.1
                1 63 8 High 1.2 with a remark
                """);

        assertEquals(new Field("Low", 0, 3, 0, "1.1"), layout.field("Low"));
        assertEquals(Optional.of(new Field("High", 1, 63, 8, "1.2 with a remark")), layout.find("High"));
        assertEquals(Optional.empty(), layout.find("low"));
        assertEquals(-16L, layout.reserved(0));
        assertEquals(0xFFL, layout.reserved(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 3 0 A 1\n0 4 3 B 1",
                "0 3 0 A 1\n0 5 4 A 1",
                "1 3 0 A 1",
                "0 3 0 A",
                "0 64 0 A 1",
                "0 3 4 A 1",
                "0 x 0 A 1"
            })
    void aTableThatOverlapsRepeatsOverflowsOrLacksSomethingIsRefused(String table) {
        assertThrows(IllegalArgumentException.class, () -> Layout.table("X", 1, table));
    }

    @Test
    void aMissingFieldIsNamed() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> L1ContextDescriptor.LAYOUT.field("Span"));

        assertEquals("L1CD has no field Span", refusal.getMessage());
    }
}
