package org.nestor.smmu.register;

import java.util.List;
import java.util.Optional;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Layout;

/** ID registers as a table of a test writes them: a profile and the fields in which they differ, {@code HTTU=0 OAS=6}. */
public final class Ids {
    private static final List<Layout> LAYOUTS = List.of(
            IdRegisters.IDR0, IdRegisters.IDR1, IdRegisters.IDR2, IdRegisters.IDR3, IdRegisters.IDR5, IdRegisters.AIDR);

    private Ids() {}

    public static IdRegisters full(String changes) {
        return of(Profile.FULL, changes);
    }

    public static IdRegisters of(Profile profile, String changes) {
        IdRegisters id = profile.idRegisters();
        int[] words = {id.idr0(), id.idr1(), id.idr2(), id.idr3(), id.idr5(), id.aidr()};
        for (String change : changes.isBlank() ? new String[0] : changes.strip().split("\\s+", -1)) {
            String[] sides = change.split("=", 2);
            set(words, sides[0], Long.decode(sides[1]));
        }
        return new IdRegisters(words[0], words[1], words[2], words[3], id.idr4(), words[4], id.iidr(), words[5]);
    }

    private static void set(int[] words, String name, long value) {
        for (int i = 0; i < words.length; i++) {
            Optional<Field> field = LAYOUTS.get(i).find(name);
            if (field.isPresent()) {
                words[i] = (int) field.get().insert(Integer.toUnsignedLong(words[i]), value);
                return;
            }
        }
        throw new IllegalArgumentException("no ID register has a field " + name);
    }
}
