package org.nestor.smmu.walk;

import java.util.Optional;
import org.nestor.smmu.config.Stage1Tag;

/**
 * A stage 1 table descriptor: where the walk goes on.
 *
 * @param tag tags of the context that formed it
 * @param inputBase first input address below it, canonical
 * @param shift log2 of the input range below it
 * @param level level of the table that it points to
 * @param table address of that table: an IPA if stage 2 translates, else physical
 * @param restrictions APTable, UXNTable and PXNTable of this and all higher levels, as {@link Stage1Permissions} collects them
 * @param through the stage 2 page that the next descriptor was read through, for a pointer held with its physical address
 */
public record Stage1Pointer(
        Stage1Tag tag,
        long inputBase,
        int shift,
        int level,
        long table,
        int restrictions,
        Optional<Stage2Leaf> through) {

    /** The pointer without the stage 2 page. */
    public Stage1Pointer alone() {
        return through.isEmpty()
                ? this
                : new Stage1Pointer(tag, inputBase, shift, level, table, restrictions, Optional.empty());
    }
}
