/**
 * Arbitraries for the structures that configure the SMMU: any bits, legal ones under given ID registers, and ones that break exactly
 * one rule. They judge legality by themselves, so that they can contradict the reference.
 */
@NullMarked
package org.nestor.generators.structure;

import org.jspecify.annotations.NullMarked;
