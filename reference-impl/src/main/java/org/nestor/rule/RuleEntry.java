package org.nestor.rule;

/**
 * One rule of the catalogue.
 *
 * @param id the rule's id
 * @param section the section of IHI 0070 that states the rule or treats its area, for example {@code 5.2.2}; for a rule of the
 *     nested-stage API the version of the series, {@code v15} of its IOMMU part or {@code v13} of its VFIO part
 * @param certainty how well the rule is founded
 * @param text the rule in one sentence
 */
public record RuleEntry(RuleId id, String section, Certainty certainty, String text) {

    /** Where the rule is from, in words. */
    public String source() {
        return (id.area().startsWith("R-") ? "SMMUv3 Nested Stage Setup " : "IHI 0070 section ") + section;
    }
}
