package org.nestor.properties.bugs;

import java.util.function.Function;
import org.nestor.smmu.SmmuParts;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;

/**
 * The shortest play that tells a seeded bug from the architecture.
 *
 * @param bug its id
 * @param ids what the SMMU implements
 * @param right what the play shows on the reference
 * @param wrong what it shows on the mutant
 * @param play sets everything up and tells what it saw
 */
record Witness(String bug, IdRegisters ids, String right, String wrong, Function<Rig, String> play) {

    static Witness of(String bug, String right, String wrong, Function<Rig, String> play) {
        return new Witness(bug, Profile.FULL.idRegisters(), right, wrong, play);
    }

    Witness under(IdRegisters other) {
        return new Witness(bug, other, right, wrong, play);
    }

    String on(SmmuParts parts) {
        return play.apply(new Rig(ids, parts));
    }

    @Override
    public String toString() {
        return bug;
    }
}
