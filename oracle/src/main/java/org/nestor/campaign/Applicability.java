package org.nestor.campaign;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.nestor.rule.RuleId;
import org.nestor.smmu.register.IdRegisters;

/** Which rules cannot decide anything under some ID registers, since they are about what these say is there or is not there. */
final class Applicability {
    private static final int STALL_OR_TERMINATE = 0;
    private static final int TERMINATE_ONLY = 1;
    private static final int STALL_FORCED = 2;
    private static final int DIRTY_STATE = 2;

    private static final List<Condition> PRESENT = present();
    private static final List<Condition> LACKING = lacking();

    private final IdRegisters ids;
    private final boolean resettable;

    /**
     * Under these ID registers.
     *
     * @param resettable whether a reset can set others, with which scenarios take features away
     */
    Applicability(IdRegisters ids, boolean resettable) {
        this.ids = ids;
        this.resettable = resettable;
    }

    /**
     * What rules depend on.
     *
     * @param otherwise why they do not apply where it does not hold
     * @param holds the condition
     * @param rules ids, or areas with all their rules
     */
    private record Condition(String otherwise, Predicate<IdRegisters> holds, List<String> rules) {
        boolean isOf(RuleId rule) {
            return rules.contains(rule.area()) || rules.contains(rule.toString());
        }
    }

    private static Condition condition(String otherwise, Predicate<IdRegisters> holds, String rules) {
        return new Condition(otherwise, holds, Arrays.asList(rules.split(" ", -1)));
    }

    private static List<Condition> present() {
        List<Condition> all = new ArrayList<>();
        all.add(condition("no ATS (IDR0.ATS = 0)", IdRegisters::ats, "A-ATS A-GBP-11 A-STL-17 A-SSD-12"));
        all.add(condition("no PRI (IDR0.PRI = 0)", IdRegisters::pri, "A-PRI A-IRQ-04"));
        all.add(condition(
                "no stalling (IDR0.STALL_MODEL = 01)", ids -> ids.stallModel() != TERMINATE_ONLY, "A-STL A-TRM-03"));
        all.add(
                condition(
                        "not both stages (IDR0.S1P, S2P)",
                        ids -> ids.s1p() && ids.s2p(),
                        "A-NST A-ATT-05 A-CDF-04 A-CDF-05 A-CDF-06 A-CDF-08 A-CDF-09 A-CDF-10 A-AFD-11 A-AFD-12 A-AFD-13"
                                + " A-AFD-17 A-PRM-19 A-PRM-20 A-STE-17 A-FLT-06 C-TLB-07 C-INV-09 C-INV-10 C-INV-11 C-CFG-07"));
        all.add(condition(
                "no stage 1 (IDR0.S1P = 0)",
                IdRegisters::s1p,
                "A-CDF A-CDV A-SSD A-ADR-01 A-ADR-02 A-ADR-03 A-ADR-04 A-ADR-05 A-PRM-10 A-PRM-11 A-PRM-13 A-RGM-02"
                        + " A-RGM-03 A-AFD-05 C-INV-04"));
        all.add(condition(
                "no stage 2 (IDR0.S2P = 0)",
                IdRegisters::s2p,
                "A-ADR-17 A-AFD-06 A-ATT-04 A-FLT-11 A-PRM-16 A-PRM-17 A-RGM-04 A-STE-22 A-STE-29 A-STE-30 A-TRM-02"
                        + " A-TRM-04 A-WLK-03 C-INV-08"));
        all.add(condition(
                "no SubstreamIDs (IDR1.SSIDSIZE = 0)",
                ids -> ids.ssidSize() > 0,
                "A-SSD-03 A-SSD-04 A-SSD-05 A-SSD-06 A-SSD-07 A-SSD-08 A-STE-06 A-STE-07 A-STE-08"));
        all.add(condition("no range invalidation (IDR3.RIL = 0)", IdRegisters::ril, "C-RIL A-CER-18"));
        all.add(condition(
                "no hardware updates (IDR0.HTTU = 00)",
                ids -> ids.httu() > 0,
                "A-AFD-03 A-AFD-04 A-AFD-11 A-AFD-12 A-AFD-13 A-CDV-18 A-STE-28 A-SYN-15"));
        all.add(condition(
                "no hardware updates of dirty state (IDR0.HTTU < 10)",
                ids -> ids.httu() >= DIRTY_STATE,
                "A-AFD-05 A-AFD-06 A-AFD-07 A-AFD-12 A-AFD-17 A-ATS-08 A-CDV-18 A-STE-28"));
        all.add(condition(
                "no EL2 StreamWorld (IDR0.HYP = 0)",
                IdRegisters::hyp,
                "A-ADR-06 A-CDV-04 A-CDV-20 A-PRM-10 A-RGM-02 A-RGM-03 A-RGM-07 A-STE-12 A-WLK-13"));
        all.add(condition(
                "no forced Write-Back (IDR3.FWB = 0)",
                IdRegisters::fwb,
                "A-ATT-09 A-ATT-10 A-ATT-11 A-ATT-16 A-NST-09"));
        all.add(condition("no MSIs (IDR0.MSI = 0)", IdRegisters::msi, "A-IRQ-05 A-GER-09 A-SYN-09 A-SYN-10"));
        all.add(condition("no VMID wildcards (IDR0.VMW = 0)", IdRegisters::vmw, "C-INV-02 C-KEY-06"));
        all.add(condition("no E0PD (IDR3.E0PD = 0)", IdRegisters::e0pd, "A-ADR-07"));
        all.add(condition("no HAD (IDR3.HAD = 0)", IdRegisters::had, "A-PRM-13"));
        all.add(condition(
                "no 2-level stream tables (IDR0.ST_LEVEL = 00)",
                ids -> ids.stLevel() > 0,
                "A-SID-03 A-SID-04 A-SID-05 A-SID-06 A-SID-07"));
        return List.copyOf(all);
    }

    private static List<Condition> lacking() {
        List<Condition> all = new ArrayList<>();
        all.add(condition("the EL2 StreamWorld is there (IDR0.HYP = 1)", ids -> !ids.hyp(), "A-CER-11"));
        all.add(condition("ATS and PRI are there (IDR0)", ids -> !ids.ats() || !ids.pri(), "A-CER-13"));
        all.add(condition(
                "stalling is there (IDR0.STALL_MODEL)",
                ids -> ids.stallModel() == TERMINATE_ONLY,
                "A-CER-14 A-CDV-14 A-STE-29"));
        all.add(condition(
                "stalling is not forced (IDR0.STALL_MODEL)",
                ids -> ids.stallModel() == STALL_FORCED,
                "A-CDV-15 A-STE-30"));
        all.add(condition(
                "stalling and terminating are both there (IDR0.STALL_MODEL = 00)",
                ids -> ids.stallModel() != STALL_OR_TERMINATE,
                "A-STE-11"));
        all.add(condition("SubstreamIDs are there (IDR1.SSIDSIZE)", ids -> ids.ssidSize() == 0, "A-SSD-11"));
        all.add(condition("stage 1 and EL2 are there (IDR0)", ids -> !ids.hyp() || !ids.s1p(), "A-STE-13"));
        all.add(condition("2-level CD tables are there (IDR0.CD2L = 1)", ids -> !ids.cd2l(), "A-STE-07"));
        all.add(condition("VMIDs have 16 bits (IDR0.VMID16 = 1)", ids -> !ids.vmid16(), "A-STE-31"));
        all.add(condition("ASIDs have 16 bits (IDR0.ASID16 = 1)", ids -> !ids.asid16(), "A-CDV-19"));
        all.add(condition("16-bit tags (IDR0)", ids -> !ids.vmid16() || !ids.asid16(), "A-CMQ-16"));
        all.add(condition(
                "tables and queues can be moved (IDR1)", ids -> ids.tablesPreset() || ids.queuesPreset(), "A-REG-17"));
        all.add(condition("sizes change without faults (IDR3.BBML > 0)", ids -> ids.bbml() == 0, "C-BBM-01"));
        return List.copyOf(all);
    }

    /** Why the rule does not apply. */
    Optional<String> missing(RuleId rule) {
        Optional<String> absent = unmet(PRESENT, rule);
        return absent.isPresent() || resettable ? absent : unmet(LACKING, rule);
    }

    private Optional<String> unmet(List<Condition> conditions, RuleId rule) {
        return conditions.stream()
                .filter(condition -> condition.isOf(rule) && !condition.holds().test(ids))
                .map(Condition::otherwise)
                .findFirst();
    }

    /** Every rule or area that a condition names. */
    static List<String> named() {
        List<String> names = new ArrayList<>();
        PRESENT.forEach(condition -> names.addAll(condition.rules()));
        LACKING.forEach(condition -> names.addAll(condition.rules()));
        return names;
    }
}
