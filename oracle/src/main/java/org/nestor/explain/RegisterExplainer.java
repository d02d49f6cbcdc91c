package org.nestor.explain;

import java.util.List;
import java.util.stream.Collectors;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** Explains a register value under ID registers. */
final class RegisterExplainer {

    private final IdRegisters id;

    RegisterExplainer(IdRegisters id) {
        this.id = id;
    }

    Explanation explain(Register register, long value, String title) {
        RegisterUsage usage = new RegisterUsage(register, value, id);
        List<Row> rows = Rows.of(
                        new long[] {value},
                        register.layout(),
                        RegisterMeanings.of(register, id),
                        field -> usage.status(field.name()))
                .stream()
                .map(RegisterExplainer::withoutDoubleword)
                .toList();
        return new Explanation(title, rows, notes(register, value), List.of(), verdict(register, rows));
    }

    private static Row withoutDoubleword(Row row) {
        return new Row(row.bits().substring(3), row.name(), row.value(), row.meaning(), row.mark(), row.rules());
    }

    private static String verdict(Register register, List<Row> rows) {
        String set = rows.stream()
                .filter(row -> row.value() != 0 && row.mark() == Mark.NONE)
                .map(Row::name)
                .collect(Collectors.joining(" "));
        boolean reserved = rows.stream().anyMatch(row -> row.mark() == Mark.RES0 && row.value() != 0);
        return "%s at offset 0x%05x: %s%s"
                .formatted(
                        register,
                        register.offset(),
                        set.isEmpty() ? "no field in use is set" : "set are " + set,
                        reserved ? "; bits that should be 0 are not" : "");
    }

    /** For an ID register: what is wrong with the profile if it has this value. */
    private List<String> notes(Register register, long value) {
        return switch (register) {
            case GERROR, GERRORN -> List.of("a condition is active where GERROR and GERRORN differ");
            case IDR0, IDR1, IDR2, IDR3, IDR4, IDR5, IIDR, AIDR ->
                with(register, (int) value).inconsistencies();
            default -> List.of();
        };
    }

    private IdRegisters with(Register register, int value) {
        return new IdRegisters(
                register == Register.IDR0 ? value : id.idr0(),
                register == Register.IDR1 ? value : id.idr1(),
                register == Register.IDR2 ? value : id.idr2(),
                register == Register.IDR3 ? value : id.idr3(),
                register == Register.IDR4 ? value : id.idr4(),
                register == Register.IDR5 ? value : id.idr5(),
                register == Register.IIDR ? value : id.iidr(),
                register == Register.AIDR ? value : id.aidr());
    }
}
