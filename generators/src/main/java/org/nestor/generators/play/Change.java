package org.nestor.generators.play;

/** What software changed last, so that it knows what to invalidate. */
sealed interface Change {

    /** Nothing yet. */
    record None() implements Change {}

    /** A descriptor at a level; a leaf if that is the level of the slot's leaf. */
    record Descriptor(HotTable table, int slot, int level) implements Change {}

    /** The STE of a stream, or with {@code above} its L1STD. */
    record StreamEntry(Stream stream, boolean above) implements Change {}

    /** The CD of a substream, or with {@code above} its L1CD. */
    record Context(Stream stream, Stage1.Substream substream, boolean above) implements Change {}
}
