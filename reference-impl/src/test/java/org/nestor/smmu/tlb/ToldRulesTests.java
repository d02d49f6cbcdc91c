package org.nestor.smmu.tlb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.rule.RuleId;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.command.InvalidationCommand.Range;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;

/** What the caches tell the rule log, each rule where it decides and not in a scenario like it. */
class ToldRulesTests {
    private static final long ADDRESS = 0x40_0000;
    private static final long BLOCK = 1L << 21;
    private static final InvalidationCommand NOTHING = new InvalidationCommand.TlbiNhAll(CacheRig.VMID + 8);

    private static Arguments of(String rule, Consumer<CacheRig> deciding, Consumer<CacheRig> other) {
        return arguments(rule, deciding, other);
    }

    /** Reads a page of stage 1, and then has a command carried out. */
    private static Consumer<CacheRig> removing(InvalidationCommand command) {
        return rig -> {
            rig.stage1.map(ADDRESS, 0x9000, 3, CacheRig.NON_GLOBAL);
            rig.physical(CacheRig.STAGE_1, ADDRESS);
            rig.complete(command);
        };
    }

    private static Consumer<CacheRig> removingGlobal(int asid) {
        return rig -> {
            rig.stage1.map(ADDRESS, 0x9000, 3, Stage1Bits.READ_WRITE);
            rig.physical(CacheRig.STAGE_1, ADDRESS);
            rig.complete(byAddress(asid, ADDRESS, Optional.empty()));
        };
    }

    private static Consumer<CacheRig> removingBlock(long address) {
        return rig -> {
            rig.stage1.map(BLOCK, BLOCK, 2, CacheRig.NON_GLOBAL);
            rig.physical(CacheRig.STAGE_1, BLOCK);
            rig.complete(byAddress(CacheRig.ASID, address, Optional.empty()));
        };
    }

    /** Reads a page through both stages, and then has a command carried out. */
    private static Consumer<CacheRig> removingNested(InvalidationCommand command) {
        return rig -> {
            rig.stage1.map(ADDRESS, ADDRESS, 3, CacheRig.NON_GLOBAL);
            rig.stage2.map(ADDRESS, 0x9000, 3, Stage2Bits.READ_WRITE);
            rig.physical(CacheRig.NESTED, ADDRESS);
            rig.complete(command);
        };
    }

    private static InvalidationCommand byAddress(int asid, long address, Optional<Range> range) {
        return new InvalidationCommand.TlbiNhVa(CacheRig.VMID, asid, new Extent(address, true, range));
    }

    private static InvalidationCommand ranged(int ttl, boolean leaf) {
        Range range = new Range(Granule.KB4, ttl, 0, 0);
        return new InvalidationCommand.TlbiNhVa(
                CacheRig.VMID, CacheRig.ASID, new Extent(ADDRESS, leaf, Optional.of(range)));
    }

    private static InvalidationCommand byIpa() {
        return new InvalidationCommand.TlbiS2Ipa(CacheRig.NESTED_VMID, new Extent(ADDRESS, true, Optional.empty()));
    }

    private static Consumer<CacheRig> deferred(int commands) {
        return rig -> {
            rig.policy.defer(true);
            for (int i = 0; i < commands; i++) {
                rig.invalidate(NOTHING);
            }
            rig.translator.synchronise();
        };
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                of("C-INV-14", removing(NOTHING), removing(CacheRig.leaf(ADDRESS))),
                of("A-CMQ-12", removing(NOTHING), removing(CacheRig.leaf(ADDRESS))),
                of("C-INV-01", removingBlock(BLOCK + CacheRig.PAGE), removingBlock(BLOCK)),
                of("C-INV-07", removingGlobal(CacheRig.ASID + 1), removingGlobal(CacheRig.ASID)),
                of("C-INV-08", removingNested(byIpa()), removingNested(NOTHING)),
                of(
                        "C-INV-11",
                        removingNested(new InvalidationCommand.TlbiS12Vmall(CacheRig.NESTED_VMID)),
                        removingNested(new InvalidationCommand.TlbiNhAll(CacheRig.NESTED_VMID))),
                of("C-INV-03", removing(new InvalidationCommand.CfgiSte(0, true)), removing(NOTHING)),
                of(
                        "C-INV-04",
                        removing(new InvalidationCommand.CfgiCd(CacheRig.STAGE_1, 0, true)),
                        removing(new InvalidationCommand.CfgiSte(CacheRig.STAGE_1, true))),
                of("C-CFG-06", removing(new InvalidationCommand.CfgiSte(0, true)), removing(NOTHING)),
                of("C-RIL-02", removing(ranged(0, true)), removing(CacheRig.leaf(ADDRESS))),
                of("C-RIL-04", removing(ranged(3, true)), removing(ranged(0, true))),
                of("C-RIL-05", removing(ranged(0, false)), removing(ranged(0, true))),
                of("C-CMP-01", deferred(1), deferred(0)),
                of("C-CMP-07", deferred(1), removing(NOTHING)),
                of("C-CMP-08", deferred(2), deferred(1)),
                of("C-TLB-10", rig -> rig.enable(false), rig -> rig.enable(true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void ruleIsToldWhereItDecidesAndNotElsewhere(String rule, Consumer<CacheRig> deciding, Consumer<CacheRig> other) {
        assertEquals(true, isTold(rule, deciding), "where it decides");
        assertEquals(false, isTold(rule, other), "where it does not");
    }

    private static boolean isTold(String rule, Consumer<CacheRig> scenario) {
        CacheRig rig = new CacheRig();
        rig.counter.take();
        scenario.accept(rig);
        return rig.counter.snapshot().containsKey(RuleId.of(rule));
    }
}
