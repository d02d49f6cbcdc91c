package org.nestor.smmu.walk;

/** A stage 2 leaf, or why there is none. */
public sealed interface Stage2Result permits Stage2Leaf, WalkFault {}
