/**
 * The outcomes that an SMMU may show: the translation procedure run over every value that each word, field and register may still
 * have, given what software wrote and which invalidations are complete.
 */
@NullMarked
package org.nestor.allowed;

import org.jspecify.annotations.NullMarked;
