package org.nestor.oracle;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** The ID registers by name, as hello tells them and reset sets them. */
public final class IdRegisterValues {
    /** The registers, in the order of the register map. */
    public static final List<Register> REGISTERS = List.of(
            Register.IDR0,
            Register.IDR1,
            Register.IDR2,
            Register.IDR3,
            Register.IDR4,
            Register.IDR5,
            Register.IIDR,
            Register.AIDR);

    private static final List<String> NAMES =
            REGISTERS.stream().map(Register::name).toList();

    private IdRegisterValues() {}

    /** Name to value, in the order of the register map. */
    public static Map<String, Long> of(IdRegisters ids) {
        int[] values = {ids.idr0(), ids.idr1(), ids.idr2(), ids.idr3(), ids.idr4(), ids.idr5(), ids.iidr(), ids.aidr()};
        Map<String, Long> map = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            map.put(NAMES.get(i), Integer.toUnsignedLong(values[i]));
        }
        return map;
    }

    /** The ID registers with some values replaced. */
    public static IdRegisters with(IdRegisters ids, Map<String, Long> values) {
        Map<String, Long> all = of(ids);
        all.putAll(values);
        return of(NAMES.stream().map(name -> all.getOrDefault(name, 0L)).toList());
    }

    /** The ID registers of these values, in the order of {@link #REGISTERS}. */
    public static IdRegisters of(List<Long> values) {
        int[] v = values.stream().mapToInt(Long::intValue).toArray();
        return new IdRegisters(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7]);
    }

    /** What keeps these values from being set. */
    static Optional<String> objection(IdRegisters ids, Map<String, Long> values) {
        for (Map.Entry<String, Long> value : values.entrySet()) {
            if (!NAMES.contains(value.getKey())) {
                return Optional.of("expected one of " + String.join(", ", NAMES) + ", found " + value.getKey());
            }
            if (value.getValue() >>> Integer.SIZE != 0) {
                return Optional.of("expected 32 bits for " + value.getKey());
            }
        }
        List<String> conflicts = with(ids, values).inconsistencies();
        return conflicts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", conflicts));
    }
}
