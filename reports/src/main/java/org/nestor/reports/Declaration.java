package org.nestor.reports;

/**
 * Why a divergence is a known difference.
 *
 * @param id the entry's id in the list of known differences
 * @param reason its reason
 */
public record Declaration(String id, String reason) {}
