package org.nestor.smmu.walk;

/** A stage 1 leaf, or why there is none. */
public sealed interface Stage1Result permits Stage1Leaf, WalkFault {}
