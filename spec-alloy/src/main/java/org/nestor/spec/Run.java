package org.nestor.spec;

import edu.mit.csail.sdg.translator.A4Solution;

/**
 * A command that has been run.
 *
 * @param solution the counterexample or instance, if there is one
 */
public record Run(AlloyCommand command, Verdict verdict, A4Solution solution) {}
