package org.nestor.protocol;

import java.util.Optional;

/**
 * The attributes with which a transaction reached memory; each one may be unknown.
 *
 * @param type memory type
 * @param inner inner cacheability of Normal memory
 * @param outer outer cacheability of Normal memory
 * @param shareability shareability
 * @param privileged whether it is privileged
 * @param instruction whether it is an instruction fetch
 */
public record Attributes(
        Optional<MemoryType> type,
        Optional<Cacheability> inner,
        Optional<Cacheability> outer,
        Optional<Shareability> shareability,
        Optional<Boolean> privileged,
        Optional<Boolean> instruction) {}
