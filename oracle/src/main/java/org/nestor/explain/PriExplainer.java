package org.nestor.explain;

import java.util.List;
import org.nestor.smmu.format.PriQueueEntry;
import org.nestor.smmu.register.IdRegisters;

/** Explains a PRI queue entry under ID registers. */
final class PriExplainer {

    private static final Meanings MEANINGS = Meanings.table("""
            Priv: unprivileged; privileged
            X: no execute; execute
            R: no read; read
            W: no write; write
            Last: more requests of the group follow; last of its group
            SSV: no SubstreamID; SubstreamID valid
            PRGIndex: @DECIMAL
            Addr: @address page wanted
            """);

    private final IdRegisters id;

    PriExplainer(IdRegisters id) {
        this.id = id;
    }

    Explanation explain(PriQueueEntry entry, String title) {
        List<Row> rows = Rows.of(
                new long[] {entry.dw0(), entry.dw1()},
                entry.layout(),
                MEANINGS,
                field -> field.name().equals("SubstreamID") && !entry.ssv() ? Status.UNKNOWN : Status.NONE);
        List<String> notes = id.pri() ? List.of() : List.of("IDR0.PRI is 0: such an SMMU has no PRI queue");
        return new Explanation(title, rows, notes, List.of(), verdict(entry));
    }

    private static String verdict(PriQueueEntry entry) {
        String who = "StreamID 0x%x%s, group %d"
                .formatted(
                        entry.streamId(),
                        entry.ssv() ? ", SubstreamID 0x%x".formatted(entry.substreamId()) : "",
                        entry.prgIndex());
        if (!entry.r() && !entry.w()) {
            return who + ": wants no access" + (entry.last() && entry.ssv() ? ", a Stop Marker" : "");
        }
        String access = entry.r() ? entry.w() ? "read and write" : "read" : "write";
        return "%s: wants %s%s access to page 0x%x%s"
                .formatted(
                        who,
                        access,
                        entry.x() ? " and execute" : "",
                        entry.address(),
                        entry.last() ? "; to be answered by CMD_PRI_RESP" : "; more follows");
    }
}
