package org.nestor.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.nestor.rule.RuleCatalogue;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;

class ExplainerProperties {

    private static final RuleCatalogue CATALOGUE = RuleCatalogue.load();

    @Property(tries = 250)
    void everyRuleThatAnSteBreaksMarksAField(
            @ForAll @Size(8) long[] words, @ForAll Profile profile, @ForAll @IntRange(min = 4, max = 7) int config)
            throws MalformedInputException {
        words[0] = words[0] & ~0xFL | config << 1 | 1;

        Explanation explanation = new Explainer(profile).ste(hex(words));

        StreamTableEntry ste = new StreamTableEntry(Line.of(i -> words[i]));
        assertEquals(
                Set.copyOf(new SteLegality(profile.idRegisters()).violations(ste)), Set.copyOf(explanation.broken()));
        assertBrokenRulesMarkFields(explanation);
    }

    @Property(tries = 250)
    void everyRuleThatACdBreaksMarksAField(
            @ForAll @Size(8) long[] words, @ForAll Profile profile, @ForAll StreamWorld world)
            throws MalformedInputException {
        words[0] |= 1L << 31;

        assertBrokenRulesMarkFields(new Explainer(profile).cd(hex(words), world));
    }

    @Property(tries = 250)
    void everyCommandIsExplained(
            @ForAll long dw0, @ForAll long dw1, @ForAll @IntRange(max = 0x80) int opcode, @ForAll Profile profile)
            throws MalformedInputException {
        Explanation explanation = new Explainer(profile).command(hex(dw0 & ~0xFFL | opcode, dw1));

        assertEquals(
                explanation.broken().isEmpty(),
                explanation.verdict().startsWith("legal: ")
                        || explanation.verdict().startsWith("CERROR_ILL: "));
        assertBrokenRulesMarkFields(explanation);
    }

    @Property(tries = 250)
    void everyEventIsExplained(@ForAll @Size(4) long[] words, @ForAll EventType type) throws MalformedInputException {
        words[0] = words[0] & ~0xFFL | type.code();

        Explanation explanation = new Explainer(Profile.FULL).event(hex(words));

        assertTrue(explanation.verdict().startsWith(type + ": "));
        assertBrokenRulesMarkFields(explanation);
    }

    @Property(tries = 250)
    void everyDescriptorIsExplained(
            @ForAll long raw,
            @ForAll boolean stage1,
            @ForAll Granule granule,
            @ForAll @IntRange(min = 1, max = 3) int level,
            @ForAll Profile profile)
            throws MalformedInputException {
        assertBrokenRulesMarkFields(new Explainer(profile).descriptor(stage1, hex(raw), granule, level));
    }

    @Property(tries = 250)
    void everyRegisterIsExplained(@ForAll Register register, @ForAll long any, @ForAll Profile profile)
            throws MalformedInputException {
        long value = register.width() == 32 ? any & 0xFFFF_FFFFL : any;

        Explanation explanation =
                new Explainer(profile).register(List.of(register.name(), "0x" + Long.toHexString(value)));

        assertReadable(explanation);
        long seen = explanation.rows().stream().filter(row -> row.value() != 0).count();
        assertEquals(value != 0, seen != 0);
    }

    @Property(tries = 250)
    void everyTableEntryAndPageRequestIsExplained(@ForAll long dw0, @ForAll long dw1, @ForAll Profile profile)
            throws MalformedInputException {
        assertBrokenRulesMarkFields(new Explainer(profile).l1std(hex(dw0)));
        assertBrokenRulesMarkFields(new Explainer(profile).l1cd(hex(dw0)));
        assertBrokenRulesMarkFields(new Explainer(profile).pri(hex(dw0, dw1)));
    }

    private static void assertBrokenRulesMarkFields(Explanation explanation) {
        Set<RuleId> marked = new HashSet<>();
        explanation.rows().stream()
                .filter(row -> row.mark() == Mark.ILLEGAL)
                .forEach(row -> marked.addAll(row.rules()));
        assertEquals(Set.copyOf(explanation.broken()), marked);
        assertReadable(explanation);
    }

    private static void assertReadable(Explanation explanation) {
        StringWriter text = new StringWriter();
        new TextReport(new PrintWriter(text, true), CATALOGUE).print(explanation);
        assertTrue(text.toString().lines().allMatch(line -> line.length() <= 100), text::toString);
        assertFalse(text.toString().contains("not in the catalogue"), text::toString);
    }

    private static List<String> hex(long... words) {
        return Arrays.stream(words)
                .mapToObj(word -> "0x" + Long.toHexString(word))
                .toList();
    }
}
