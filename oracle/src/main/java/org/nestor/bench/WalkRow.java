package org.nestor.bench;

import java.util.Locale;

/**
 * One line of the result.
 *
 * @param walkCase the case
 * @param operations operations measured
 * @param nanosPerOperation thread CPU time, the median of the iterations
 * @param readsPerOperation doublewords read from memory
 * @param bytesPerOperation heap allocated
 * @param bad wrong answers, in the measurement and in the count of reads together
 */
public record WalkRow(
        WalkCase walkCase,
        long operations,
        double nanosPerOperation,
        double readsPerOperation,
        double bytesPerOperation,
        long bad) {

    public static final String HEADER = "case,ops,ns_per_op,reads_per_op,bytes_allocated_per_op,bad";

    /** The line as comma-separated values. */
    public String csv() {
        return String.format(
                Locale.ROOT,
                "%s,%d,%.1f,%.2f,%.1f,%d",
                walkCase.label(),
                operations,
                nanosPerOperation,
                readsPerOperation,
                bytesPerOperation,
                bad);
    }
}
