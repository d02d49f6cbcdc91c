package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PriQueueEntryLayoutTests {

    @Test
    void everyBitIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(PriQueueEntry.LAYOUT, """
                StreamID 31 0
                SubstreamID 51 32
                Priv 58 58
                X 59 59
                R 60 60
                W 61 61
                Last 62 62
                SSV 63 63
                PRGIndex 72 64
                Addr 127 76
                """);
        BitWalk.assertAccessors(PriQueueEntry.class, 16, PriQueueEntry::fromBytes, Set.of("dw0", "dw1"), """
                streamId 31 0
                substreamId 51 32
                priv 58 58
                x 59 59
                r 60 60
                w 61 61
                last 62 62
                ssv 63 63
                prgIndex 72 64
                address 127 76 in-place
                """);
    }

    @Test
    void aComposedEntryHasItsBytesWhereTheArchitecturePutsThem() {
        PriQueueEntry entry = new PriQueueEntry(0, 0)
                .with("StreamID", 0x11223344)
                .with("SubstreamID", 0xABCDE)
                .with("R", 1)
                .with("Last", 1)
                .with("SSV", 1)
                .with("PRGIndex", 0x155)
                .with("Addr", 0xF_EDCB_A987_6543L);

        assertEquals("44332211debc0ad0" + "5531547698badcfe", HexFormat.of().formatHex(entry.toBytes()));
    }
}
