package org.nestor.properties.bugs;

import static org.nestor.properties.bugs.Rig.NON_GLOBAL;
import static org.nestor.properties.bugs.Rig.STREAM;

import java.util.List;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.PageRequest;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;

/** Plays around stalls and page requests. */
final class StallWitnesses {

    private StallWitnesses() {}

    static List<Witness> all() {
        return List.of(
                Witness.of("D-47", "abort C_BAD_STE", "0x40001000", rig -> {
                            PageTable table = rig.stage2().map(0x1000, 0x4000_1000L, 3, Stage2Bits.READ_WRITE);
                            return rig.ste(STREAM, Ste.stage2(table)).start().read(0x1000);
                        })
                        .under(with(
                                Profile.FULL.idRegisters().idr0() | 2 << 24,
                                Profile.FULL.idRegisters().idr1())),
                Witness.of("D-48", "Answered", "Queued", rig -> {
                    rig.queues(1).enable();
                    PageRequest request = new PageRequest(STREAM, false, 0, 0x1000, true, false, false, false, true, 0);
                    for (int count = 0; count < 3; count++) {
                        rig.smmu.pageRequest(request);
                    }
                    rig.smmu.write(Register.PRIQ_CONS, 2);
                    return rig.smmu.pageRequest(request).getClass().getSimpleName();
                }),
                Witness.of("D-49", "abort C_BAD_STE", "0x40001000", rig -> {
                            PageTable table = rig.table().map(0x1000, 0x4000_1000L, 3, NON_GLOBAL);
                            Ste ste = Ste.stage1(LinearCdTable.single(rig.host, Cd.of(table)));
                            return rig.ste(STREAM, ste.s1stalld(true)).start().read(0x1000);
                        })
                        .under(with(
                                Profile.FULL.idRegisters().idr0() | 1 << 24,
                                Profile.FULL.idRegisters().idr1())));
    }

    private static IdRegisters with(int idr0, int idr1) {
        IdRegisters full = Profile.FULL.idRegisters();
        return new IdRegisters(
                idr0, idr1, full.idr2(), full.idr3(), full.idr4(), full.idr5(), full.iidr(), full.aidr());
    }
}
