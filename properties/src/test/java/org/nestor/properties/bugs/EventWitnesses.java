package org.nestor.properties.bugs;

import static org.nestor.properties.bugs.Rig.EVENTS;
import static org.nestor.properties.bugs.Rig.HOLE;
import static org.nestor.properties.bugs.Rig.STREAM;

import java.util.List;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.register.Register;
import org.nestor.tables.Cd;
import org.nestor.tables.PageTable;
import org.nestor.tables.Ste;

/** Plays around event records and the event queue. */
final class EventWitnesses {

    private EventWitnesses() {}

    static List<Witness> all() {
        return List.of(
                Witness.of("D-36", "abort C_BAD_STE", "abort record 0x0", rig -> {
                    return rig.start().read(0x1000);
                }),
                Witness.of("D-37", "0x12345000", "0x0", rig -> {
                    PageTable table = rig.stage2();
                    EventRecord event =
                            rig.ste(STREAM, Ste.stage2(table)).start().record(STREAM, 0x1234_5678L);
                    return "0x" + Long.toHexString(event.ipa());
                }),
                Witness.of("D-38", "0x0", "0x1234", rig -> {
                    rig.stage1(Cd.of(rig.table())).record(STREAM, 0x1234);
                    return "0x" + Long.toHexString(rig.record(STREAM + 1, 0).dw2());
                }),
                Witness.of("D-39", "0x0 0x8000000c0", "0x8000000c0 0x0", rig -> {
                    EventRecord event = rig.start().base(HOLE).record(STREAM, 0x1000);
                    return "0x" + Long.toHexString(event.dw2()) + " 0x" + Long.toHexString(event.dw3());
                }),
                Witness.of("D-40", "0x0 0x800000000", "0x800000000 0x0", rig -> {
                    rig.ste(STREAM, Ste.bypass().config(0b101).s1ContextPtr(HOLE));
                    EventRecord event = rig.start().record(STREAM, 0x1000);
                    return "0x" + Long.toHexString(event.dw2()) + " 0x" + Long.toHexString(event.dw3());
                }),
                Witness.of("D-41", "EVENTQ_PROD=80000002 GERROR=0", "EVENTQ_PROD=2 GERROR=4", rig -> {
                    rig.queues(1).enable();
                    for (int fault = 0; fault < 3; fault++) {
                        rig.fault();
                    }
                    return rig.shown(Register.EVENTQ_PROD, Register.GERROR);
                }),
                Witness.of("D-42", "EVENTQ_PROD=80000000", "EVENTQ_PROD=0", rig -> {
                    rig.queues(1).enable();
                    for (int fault = 0; fault < 3; fault++) {
                        rig.fault();
                    }
                    rig.smmu.write(Register.EVENTQ_CONS, 2);
                    for (int fault = 0; fault < 3; fault++) {
                        rig.fault();
                    }
                    return rig.shown(Register.EVENTQ_PROD);
                }),
                Witness.of("D-43", "EVENTQ_PROD=1 and record 4", "EVENTQ_PROD=1 and record 0", rig -> {
                    rig.queues(1).enable();
                    rig.fault();
                    return rig.shown(Register.EVENTQ_PROD) + " and record " + (rig.load(EVENTS) & 0xFF);
                }));
    }
}
