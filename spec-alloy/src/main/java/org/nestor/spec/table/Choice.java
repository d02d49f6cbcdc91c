package org.nestor.spec.table;

import java.util.List;
import org.nestor.spec.eval.Tuples;

/**
 * A field and all values that it can have.
 *
 * @param name in full, for example {@code Ste.config}
 * @param slot where a state holds it
 * @param values names of the atoms, joined by a plus sign, the empty name for none
 * @param tuples the same values as a state holds them
 */
public record Choice(String name, int slot, List<String> values, List<Tuples> tuples) {

    /** The name without signature and module. */
    public String field() {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The name of the signature, without the module. */
    public String owner() {
        return name.substring(name.lastIndexOf('/') + 1, name.lastIndexOf('.'));
    }
}
