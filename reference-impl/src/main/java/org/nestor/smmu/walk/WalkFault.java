package org.nestor.smmu.walk;

import org.nestor.smmu.fault.Refusal;

/** A walk that ended in a fault. */
public record WalkFault(Refusal.Fault fault) implements Stage1Result, Stage2Result {}
