package org.nestor.properties.structure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import org.nestor.generators.structure.Broken;
import org.nestor.generators.structure.CommandRecords;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.CommandLegality;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;

/** What the generator holds to be a legal command, or one illegal for one reason, the reference judges alike. */
class CommandProperties {

    @Provide
    Arbitrary<Tuple2<IdRegisters, CommandRecord>> legal() {
        return Arbitraries.of(Profile.class)
                .map(Profile::idRegisters)
                .flatMap(ids -> new CommandRecords(ids).legal().map(command -> Tuple.of(ids, command)));
    }

    @Provide
    Arbitrary<Tuple2<IdRegisters, Broken<CommandRecord>>> broken() {
        return Arbitraries.of(Profile.class)
                .map(Profile::idRegisters)
                .flatMap(ids -> new CommandRecords(ids).broken().map(command -> Tuple.of(ids, command)));
    }

    @Property
    void legalCommandIsConsumed(@ForAll("legal") Tuple2<IdRegisters, CommandRecord> example) {
        CommandRecord command = example.get2();
        CommandOpcode opcode = command.command().orElseThrow();
        assertTrue(new CommandLegality(example.get1(), RuleLog.NONE).legal(opcode, command), command::toString);
    }

    @Property
    void illegalCommandIsRefusedByItsRule(@ForAll("broken") Tuple2<IdRegisters, Broken<CommandRecord>> example) {
        CommandRecord command = example.get2().structure();
        if (command.command().isEmpty()) {
            assertEquals("A-CER-07", example.get2().rule().toString());
            return;
        }
        Set<RuleId> decided = new TreeSet<>();
        CommandLegality legality = new CommandLegality(example.get1(), decided::add);
        assertFalse(legality.legal(command.command().orElseThrow(), command), command::toString);
        assertEquals(Set.of(example.get2().rule()), decided);
    }
}
