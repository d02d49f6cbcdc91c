package org.nestor.properties.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.nestor.generators.structure.Broken;
import org.nestor.generators.structure.LeafDescriptors;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.CachedTranslation;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.fault.Refusal.Fault;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.Stage1Descriptor;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/** What the generator holds to be a legal leaf, or one illegal for one reason, the reference walks alike. */
class LeafDescriptorProperties {
    private static final long INPUT = 0x12_3450_0000L;
    private static final int INPUT_BITS = 39;
    private static final long SMMUEN = 1;

    /**
     * Where a leaf is.
     *
     * @param ips the code of the output address size
     */
    record Place(Granule granule, int level, int ips) {

        LeafDescriptors descriptors() {
            return new LeafDescriptors(granule, level, IdRegisters.addressBits(ips));
        }
    }

    record Legal(Place place, Stage1Descriptor descriptor) {}

    record Illegal(Place place, Broken<Stage1Descriptor> descriptor) {}

    private static Arbitrary<Place> places() {
        return Arbitraries.of(Granule.class)
                .flatMap(granule -> Arbitraries.integers()
                        .between(granule == Granule.KB4 ? 1 : 2, 3)
                        .flatMap(level ->
                                Arbitraries.integers().between(0, 5).map(ips -> new Place(granule, level, ips))));
    }

    @Provide
    Arbitrary<Legal> legal() {
        return places().flatMap(place -> place.descriptors().legal().map(leaf -> new Legal(place, leaf)));
    }

    @Provide
    Arbitrary<Illegal> illegal() {
        return places().flatMap(place -> place.descriptors().broken().map(leaf -> new Illegal(place, leaf)));
    }

    @Property
    void legalLeafTranslatesUnlessItDeniesTheAccess(@ForAll("legal") Legal example) {
        TranslationOutcome outcome =
                translate(example.place(), example.descriptor().raw());
        if (outcome instanceof TranslationOutcome.Refused refused) {
            assertEquals(EventType.F_PERMISSION, fault(refused).type());
        } else {
            assertTrue(outcome instanceof TranslationOutcome.Translated, outcome::toString);
        }
    }

    @Property
    void brokenLeafFaultsByItsRule(@ForAll("illegal") Illegal example) {
        TranslationOutcome outcome =
                translate(example.place(), example.descriptor().structure().raw());
        assertTrue(outcome instanceof TranslationOutcome.Refused, outcome::toString);
        Fault fault = fault((TranslationOutcome.Refused) outcome);
        assertEquals(example.descriptor().rule(), fault.rule());
        assertTrue(Set.of(EventType.F_TRANSLATION, EventType.F_ADDR_SIZE, EventType.F_ACCESS)
                .contains(fault.type()));
    }

    private static Fault fault(TranslationOutcome.Refused refused) {
        return (Fault) refused.refusal();
    }

    private static TranslationOutcome translate(Place place, long descriptor) {
        SparseMemory memory = SparseMemory.ram(0, 1L << 32);
        TableSpace space = TableSpace.physical(memory, new BumpAllocator(1L << 20, 1L << 30));
        PageTable table = PageTable.stage1(space, place.granule(), INPUT_BITS).poke(INPUT, place.level(), descriptor);
        LinearStreamTable streams = new LinearStreamTable(space, 0);
        streams.put(0, Ste.stage1(LinearCdTable.single(space, Cd.of(table).ips(place.ips()))));
        Smmu smmu = new Smmu(
                Profile.FULL.idRegisters(),
                memory,
                new SmmuParts(new CachedTranslation(CachePolicies::never)),
                RuleLog.NONE);
        smmu.write(Register.STRTAB_BASE, streams.strtabBase());
        smmu.write(Register.STRTAB_BASE_CFG, streams.strtabBaseCfg());
        smmu.write(Register.CR0, SMMUEN);
        return smmu.translate(Transaction.read(0, INPUT));
    }
}
