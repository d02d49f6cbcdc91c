package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.CfgiCd;
import org.nestor.smmu.command.InvalidationCommand.CfgiCdAll;
import org.nestor.smmu.command.InvalidationCommand.CfgiSte;
import org.nestor.smmu.command.InvalidationCommand.CfgiSteRange;
import org.nestor.smmu.command.InvalidationCommand.TlbiNhAll;
import org.nestor.smmu.command.InvalidationCommand.TlbiNsnhAll;

/** Every CFGI command against every kind of cached configuration. */
class ConfigurationInvalidationRulesTests {
    private final ConfigurationInvalidationRules rules = new ConfigurationInvalidationRules();

    /**
     * In each row, 1 for what goes and a dot for what stays: STE of stream 0x45; its L1STD, cached for stream 0x7F (Split = 6); CD of
     * stream 0x45 with SubstreamID 9; L1CD of stream 0x45, cached for SubstreamID 1 (64 CDs below it); the same L1CD, cached for
     * SubstreamID 0x41.
     */
    static Stream<Arguments> table() {
        return Stream.of(
                arguments(new CfgiSte(0x45, true), "1. 1 11"),
                arguments(new CfgiSte(0x45, false), "11 1 11"),
                arguments(new CfgiSte(0x46, true), ".. . .."),
                arguments(new CfgiSte(0x46, false), ".1 . .."),
                arguments(new CfgiSte(0x85, false), ".. . .."),
                arguments(new CfgiSteRange(0x44, 0), "11 1 11"),
                arguments(new CfgiSteRange(0x46, 0), ".1 . .."),
                arguments(new CfgiSteRange(0x47, 1), "11 1 11"),
                arguments(new CfgiSteRange(0x00, 5), ".. . .."),
                arguments(new CfgiSteRange(0x00, 6), "11 1 11"),
                arguments(new CfgiSteRange(0x80, 6), ".. . .."),
                arguments(new CfgiSteRange(0xFFFF_0000, 31), "11 1 11"),
                arguments(new CfgiCd(0x45, 9, true), ".. 1 .."),
                arguments(new CfgiCd(0x45, 9, false), ".. 1 1."),
                arguments(new CfgiCd(0x45, 8, true), ".. . .."),
                arguments(new CfgiCd(0x45, 8, false), ".. . 1."),
                arguments(new CfgiCd(0x45, 0x49, false), ".. . .1"),
                arguments(new CfgiCd(0x46, 9, false), ".. . .."),
                arguments(new CfgiCdAll(0x45), ".. 1 11"),
                arguments(new CfgiCdAll(0x46), ".. . .."),
                arguments(new TlbiNsnhAll(), ".. . .."),
                arguments(new TlbiNhAll(0), ".. . .."));
    }

    @ParameterizedTest
    @MethodSource("table")
    @Rule("C-INV-03")
    @Rule("C-INV-04")
    @Rule("C-INV-14")
    void commandRemovesWhatItsStreamReaches(InvalidationCommand command, String expected) {
        String removed = mark(rules.removesStream(command, 0x45))
                + mark(rules.removesL1Stream(command, 0x7F, 6))
                + " "
                + mark(rules.removesContext(command, 0x45, 9))
                + " "
                + mark(rules.removesL1Context(command, 0x45, 1, 6))
                + mark(rules.removesL1Context(command, 0x45, 0x41, 6));
        assertEquals(expected, removed);
    }

    private static String mark(boolean removed) {
        return removed ? "1" : ".";
    }

    @Test
    void streamIdsAreUnsigned() {
        assertTrue(rules.removesStream(new CfgiSteRange(0x8000_0000, 30), 0xFFFF_FFFF));
        assertFalse(rules.removesStream(new CfgiSteRange(0x8000_0000, 30), 0x7FFF_FFFF));
        assertTrue(rules.removesStream(new CfgiSteRange(0x8000_0000, 31), 0x7FFF_FFFF));
        assertFalse(rules.removesL1Stream(new CfgiSte(0x8000_0000, false), 0, 6));
    }

    @Test
    @Rule("C-INV-03")
    void configurationIsConcernedByCfgiCommandsOnly() {
        assertTrue(ConfigurationInvalidationRules.concerns(new CfgiSte(0, true)));
        assertTrue(ConfigurationInvalidationRules.concerns(new CfgiSteRange(0, 31)));
        assertTrue(ConfigurationInvalidationRules.concerns(new CfgiCd(0, 0, true)));
        assertTrue(ConfigurationInvalidationRules.concerns(new CfgiCdAll(0)));
        assertFalse(ConfigurationInvalidationRules.concerns(new TlbiNsnhAll()));
    }
}
