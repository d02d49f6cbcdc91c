package org.nestor.generators.nested;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.nestor.generators.nested.Violation.Broken;
import org.nestor.iommu.Parts;
import org.nestor.iommu.Refusal;

/**
 * Runs sequences of a guest's steps on {@link TwoMachines}, and tells where they differ. Stalls are left out: what the machines make of
 * them depends on when their software looks.
 */
public final class PairRun {

    private PairRun() {}

    /** The run of a sequence on a host and a virtualizer of those parts. */
    public static Optional<Violation> of(List<PairOp> ops, Parts software) {
        try {
            PairWorld world = new PairWorld(false, software);
            ops.forEach(op -> take(world, op));
            requireNoRefusal(world.machines().virtual().takeRefusals());
            return Optional.empty();
        } catch (Broken broken) {
            return Optional.of(broken.violation());
        }
    }

    private static void take(PairWorld world, PairOp op) {
        switch (op.kind()) {
            case TRANSLATE -> world.translate(op.a());
            case BYPASS -> world.bypass();
            case ABORT -> world.abort();
            case EDIT_CD -> world.show(table(op.a()), op.b() % 2 == 1);
            case MAP -> {
                world.unmap(op.a(), 0);
                world.map(op.a(), op.b());
            }
            case UNMAP -> world.unmap(op.a(), op.b());
            case READ -> world.machines().read(world.va(op.a()) + 0x20);
            case READ_DATA -> world.machines().read(PairWorld.data(op.a()));
        }
    }

    private static OptionalInt table(int choice) {
        return choice % 4 == 3 ? OptionalInt.empty() : OptionalInt.of(choice % 2);
    }

    private static void requireNoRefusal(List<Refusal> refusals) {
        if (!refusals.isEmpty()) {
            throw new Broken(
                    Violation.Property.TRANSPARENCY,
                    "the host refused what the guest had a right to: " + refusals.get(0));
        }
    }
}
