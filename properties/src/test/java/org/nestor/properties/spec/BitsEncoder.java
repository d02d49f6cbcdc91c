package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Layout;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.spec.table.Case;
import org.nestor.spec.table.Choice;

/** Makes {@link Bits} of instances: each field of the module goes into the field of that name in the layout. */
final class BitsEncoder {
    private static final List<Layout> LAYOUTS =
            List.of(IdRegisters.IDR0, IdRegisters.IDR1, IdRegisters.IDR3, IdRegisters.IDR5, IdRegisters.AIDR);

    static final int REGISTERS = LAYOUTS.size();

    private static final Map<String, String> TAGS = Map.of("s2vmidWide", "S2VMID", "asidWide", "ASID");
    private static final Map<String, String> OTHER_NAMES = Map.of("v3_1", "ArchMinorRev");
    private static final Map<String, Integer> SMALLER =
            Map.of("B32", 16, "B36", 32, "B40", 36, "B42", 40, "B44", 42, "B48", 44, "B52", 48);

    private final String owner;
    private final Layout layout;
    private final SplittableRandom random;
    private final IdentityHashMap<Choice, BiConsumer<Bits, String>> writers = new IdentityHashMap<>();

    /**
     * An encoder.
     *
     * @param owner name of the signature that stands for the structure
     */
    BitsEncoder(String owner, Layout layout, long seed) {
        this.owner = owner;
        this.layout = layout;
        this.random = new SplittableRandom(seed);
    }

    Bits bits(Case instance) {
        Bits bits = new Bits(random, new HashMap<>());
        instance.forEach(
                (choice, value) -> writers.computeIfAbsent(choice, this::writer).accept(bits, value));
        return bits;
    }

    private BiConsumer<Bits, String> writer(Choice choice) {
        String name = choice.field();
        if (choice.owner().equals("Smmu")) {
            return registerWriter(name);
        }
        if (!choice.owner().equals(owner)) {
            return (bits, value) -> bits.name(name, value);
        }
        Field field = find(layout, TAGS.getOrDefault(name, name)).get(0);
        if (TAGS.containsKey(name)) {
            return (bits, value) -> bits.setTag(field, !value.isEmpty());
        }
        if (choice.values().contains("B32")) {
            return (bits, value) -> bits.setAddress(field, SMALLER.get(value), number(value));
        }
        return (bits, value) -> bits.set(field, number(value));
    }

    private static BiConsumer<Bits, String> registerWriter(String name) {
        for (int register = 0; register < REGISTERS; register++) {
            List<Field> found = find(LAYOUTS.get(register), OTHER_NAMES.getOrDefault(name, name));
            if (!found.isEmpty()) {
                int at = register;
                return (bits, value) -> bits.setRegister(at, found.get(0), number(value));
            }
        }
        throw new IllegalArgumentException("no ID register has a field " + name);
    }

    private static List<Field> find(Layout layout, String name) {
        List<Field> found = new ArrayList<>(layout.fields());
        found.removeIf(field -> !field.name().replace("_", "").equalsIgnoreCase(name));
        return found;
    }

    private static int number(String value) {
        return switch (value) {
            case "" -> 0;
            case "Yes" -> 1;
            default -> Integer.parseInt(value.substring(1));
        };
    }
}
