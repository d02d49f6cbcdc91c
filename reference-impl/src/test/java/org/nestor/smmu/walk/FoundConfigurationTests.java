package org.nestor.smmu.walk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Ids;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Ste;
import org.nestor.tables.StreamTable;
import org.nestor.tables.TwoLevelStreamTable;

/** What the procedure tells of the STE and CD that a transaction has, and by which registers it finds them. */
class FoundConfigurationTests {
    private static final Transaction READ = Transaction.read(Machine.STREAM, 0x40);

    private final List<Transaction> begun = new ArrayList<>();
    private final Machine machine = new Machine(Ids.full("SIDSIZE=32"), memory -> new UncachedReader(memory) {
        @Override
        public void begin(Transaction transaction) {
            begun.add(transaction);
        }
    });

    private Configuration configuration() {
        return machine.procedure().configurationOf(READ);
    }

    @Test
    void steAndCdAreThoseInMemory() {
        Cd cd = Cd.of(PageTable.stage1(machine.host, Granule.KB4, 39)).asid(77);
        Ste ste = Ste.stage1(LinearCdTable.single(machine.host, cd)).s2vmid(5);
        machine.ste(ste);
        assertEquals(ste.line(), machine.procedure().streamOf(READ).ste().line());
        assertEquals(ste.line(), configuration().stream().ste().line());
        assertEquals(Optional.of(cd.line()), configuration().descriptor().map(ContextDescriptor::line));
        assertEquals(77, configuration().stage1().orElseThrow().tag().asid());
    }

    /** An STE that is refused may say anything about CDs, which are not looked for then. */
    @Test
    @Rule("A-FLT-01")
    void refusedSteHasNoCd() {
        Cd cd = Cd.of(PageTable.stage1(machine.host, Granule.KB4, 39));
        machine.ste(Ste.stage1(LinearCdTable.single(machine.host, cd)).v(false));
        assertEquals("C_BAD_STE", Machine.text(configuration().refusal().orElseThrow()));
        assertEquals(Optional.empty(), configuration().descriptor());
    }

    @Test
    void everyAttemptBeginsWithItsTransaction() {
        machine.ste(Ste.bypass());
        Transaction translated = READ.withAts(AtsKind.TRANSLATED);
        machine.translate(READ);
        machine.translate(translated);
        machine.procedure().streamOf(READ);
        machine.procedure().configurationOf(READ);
        assertEquals(List.of(READ, translated, READ, READ), begun);
    }

    /** The L1STDs that one still has may be those that STRTAB_BASE led to before. */
    @Test
    @Rule("C-CFG-08")
    void l1DescriptorsMayBeThoseOfEarlierRegisters() {
        TwoLevelStreamTable earlier = new TwoLevelStreamTable(machine.host, 16, 8);
        earlier.put(0x1234, Ste.bypass());
        TwoLevelStreamTable now = new TwoLevelStreamTable(machine.host, 16, 8);
        Transaction read = Transaction.read(0x1234, 0x40);
        machine.procedure().configure(registers(now), registers(earlier));
        assertEquals("0x40", machine.outcome(read));
        machine.procedure().configure(registers(now), registers(now));
        assertEquals("C_BAD_STREAMID", machine.outcome(read));
    }

    private static GlobalConfiguration registers(StreamTable table) {
        return new GlobalConfiguration(true, table.strtabBase(), table.strtabBaseCfg(), 0, false);
    }
}
