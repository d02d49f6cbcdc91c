package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Layout;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/**
 * Variations of ID registers: what an SMMU with a little less, or a little else, would announce.
 *
 * <p>IDR1.QUEUES_PRESET is left out: all queues would be at address 0, one over the other.
 */
final class Identities {
    private static final List<String> IDR0 = List.of(
            "S2P=0",
            "S1P=0",
            "HTTU=0",
            "HTTU=1",
            "HYP=0",
            "ATS=0 PRI=0",
            "ASID16=0",
            "MSI=0",
            "SEV=0",
            "PRI=0",
            "VMW=0",
            "VMID16=0",
            "CD2L=0",
            "TTENDIAN=2",
            "TTENDIAN=3",
            "ATSRECERR=0",
            "STALL_MODEL=2",
            "STALL_MODEL=1",
            "TERM_MODEL=1",
            "NS1ATS=0",
            "NS1ATS=1",
            "VMID16=0 ASID16=0",
            "COHACC=0",
            "BTM=0");
    private static final List<String> IDR1 =
            List.of("SSIDSIZE=0", "CMDQS=2 EVENTQS=1 PRIQS=0", "TABLES_PRESET=1", "SIDSIZE=32", "SIDSIZE=10");
    private static final List<String> IDR3 =
            List.of("HAD=0", "XNX=0", "FWB=0", "STT=1", "E0PD=0", "BBML=2", "PTWNNC=1");
    private static final List<String> IDR5 =
            List.of("GRAN4K=0", "GRAN16K=0", "GRAN64K=0", "OAS=4", "OAS=2", "OAS=6 VAX=1", "OAS=6");
    private static final List<String> AIDR = List.of("ArchMinorRev=1", "ArchMinorRev=0");

    private Identities() {}

    /** The sets of ID registers that differ from these and that an SMMU can have. */
    static List<IdRegisters> of(IdRegisters ids) {
        List<IdRegisters> all = new ArrayList<>();
        IDR0.forEach(change -> all.add(with(ids, changed(IdRegisters.IDR0, ids.idr0(), change), 0)));
        IDR1.forEach(change -> all.add(with(ids, changed(IdRegisters.IDR1, ids.idr1(), change), 1)));
        IDR3.forEach(change -> all.add(with(ids, changed(IdRegisters.IDR3, ids.idr3(), change), 3)));
        IDR5.forEach(change -> all.add(with(ids, changed(IdRegisters.IDR5, ids.idr5(), change), 5)));
        AIDR.forEach(change -> all.add(with(ids, changed(IdRegisters.AIDR, ids.aidr(), change), 7)));
        all.removeIf(other -> other.equals(ids) || !other.inconsistencies().isEmpty());
        return List.copyOf(all);
    }

    /** The registers that a reset sets. */
    static Map<Register, Long> registers(IdRegisters ids) {
        return Map.of(
                Register.IDR0, Integer.toUnsignedLong(ids.idr0()),
                Register.IDR1, Integer.toUnsignedLong(ids.idr1()),
                Register.IDR3, Integer.toUnsignedLong(ids.idr3()),
                Register.IDR5, Integer.toUnsignedLong(ids.idr5()),
                Register.AIDR, Integer.toUnsignedLong(ids.aidr()));
    }

    private static int changed(Layout layout, int value, String change) {
        long changed = Integer.toUnsignedLong(value);
        for (String assignment : change.split(" ", -1)) {
            int equals = assignment.indexOf('=');
            Field field = layout.field(assignment.substring(0, equals));
            changed = field.insert(changed, Long.parseLong(assignment.substring(equals + 1)));
        }
        return (int) changed;
    }

    private static IdRegisters with(IdRegisters ids, int value, int register) {
        return new IdRegisters(
                register == 0 ? value : ids.idr0(),
                register == 1 ? value : ids.idr1(),
                ids.idr2(),
                register == 3 ? value : ids.idr3(),
                ids.idr4(),
                register == 5 ? value : ids.idr5(),
                ids.iidr(),
                register == 7 ? value : ids.aidr());
    }
}
