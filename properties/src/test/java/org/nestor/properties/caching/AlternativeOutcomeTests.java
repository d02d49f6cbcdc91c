package org.nestor.properties.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nestor.allowed.Allowed;
import org.nestor.memory.MemoryRegion;
import org.nestor.rule.Rule;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.smmu.walk.TranslationOutcome.Refused;
import org.nestor.smmu.walk.TranslationOutcome.Translated;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/** What the architecture leaves open without any cache is in the set of allowed outcomes, and nothing else is. */
class AlternativeOutcomeTests {
    private static final int STREAM = 3;
    private static final long PAGE = 0x1000;
    private static final long BEYOND = 1L << 48;
    private static final Transaction READ = Transaction.read(STREAM, PAGE);

    private final List<MemoryRegion> ram = List.of(MemoryRegion.ram(0, 0x1000_0000));

    private static IdRegisters version(int minor) {
        IdRegisters id = Profile.FULL.idRegisters();
        return new IdRegisters(id.idr0(), id.idr1(), id.idr2(), id.idr3(), id.idr4(), id.idr5(), id.iidr(), minor);
    }

    private Set<String> allowed(int minor, StreamSetup setup) {
        AnyAllowedSmmu any = new AnyAllowedSmmu(version(minor), ram);
        Smmu smmu = any.smmu();
        TableSpace space = TableSpace.physical(smmu.memory(), new BumpAllocator(0x10_0000, 0x100_0000));
        LinearStreamTable streams = new LinearStreamTable(space, 4);
        streams.put(STREAM, setup.ste(space));
        smmu.write(Register.STRTAB_BASE, streams.strtabBase());
        smmu.write(Register.STRTAB_BASE_CFG, streams.strtabBaseCfg());
        smmu.write(Register.CR0, 1);
        smmu.translate(READ);
        Allowed last = any.last();
        assertEquals(Optional.empty(), last.incomplete());
        return last.outcomes().stream().map(outcome -> text(outcome.outcome())).collect(Collectors.toSet());
    }

    @FunctionalInterface
    private interface StreamSetup {
        Ste ste(TableSpace space);
    }

    private static String text(TranslationOutcome outcome) {
        if (outcome instanceof Translated translated) {
            return "0x" + Long.toHexString(translated.physicalAddress(PAGE));
        }
        return outcome instanceof Refused refused && refused.refusal() instanceof Fault fault
                ? fault.type() + (fault.stage2() ? " " + fault.faultClass() : "")
                : outcome.toString();
    }

    private static Ste nested(TableSpace space) {
        PageTable stage2 = PageTable.stage2(space, Granule.KB4, 39, 1);
        stage2.mapPages(0, 0, 0x1000, Stage2Bits.READ_WRITE);
        PageTable stage1 = PageTable.stage1(space, Granule.KB4, 39).map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE);
        LinearCdTable contexts = LinearCdTable.single(space, Cd.of(stage1));
        return Ste.nested(contexts, stage2).s1ContextPtr(contexts.s1ContextPtr() | BEYOND);
    }

    private static Ste outOfRange(TableSpace space) {
        PageTable stage1 = PageTable.stage1(space, Granule.KB4, 48).map(PAGE, 0x5000, 3, Stage1Bits.READ_WRITE);
        return Ste.stage1(LinearCdTable.single(space, Cd.of(stage1).t0sz(15)));
    }

    @Test
    @Rule("A-STE-17")
    void contextPointerBeyondTheIntermediateSizeHasEveryOutcomeOfItsVersion() {
        assertEquals(Set.of("C_BAD_STE", "F_TRANSLATION CD"), allowed(1, AlternativeOutcomeTests::nested));
        assertEquals(Set.of("C_BAD_STE", "F_TRANSLATION CD", "0x5000"), allowed(0, AlternativeOutcomeTests::nested));
    }

    @Test
    @Rule("A-CDV-08")
    void rangeOutOfBoundsHasEveryOutcomeOfItsVersion() {
        assertEquals(Set.of("C_BAD_CD"), allowed(1, AlternativeOutcomeTests::outOfRange));
        assertEquals(Set.of("C_BAD_CD", "0x5000"), allowed(0, AlternativeOutcomeTests::outOfRange));
    }
}
