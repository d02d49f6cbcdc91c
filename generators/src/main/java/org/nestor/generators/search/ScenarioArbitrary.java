package org.nestor.generators.search;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCases;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.ShrinkingDistance;
import org.nestor.generators.scenario.Scenario;

/**
 * Scenarios for jqwik. Its random numbers choose the seeds, and its shrinking is offered the candidates of our own delta debugging,
 * chunks of steps first. Outside jqwik, {@link DeltaDebugging} does the same with a cap on replays in place of one on time.
 *
 * <p>No edge cases: the bias of the generator takes their place. Not reached: what {@link ScenarioGenerator} does not reach.
 */
public final class ScenarioArbitrary implements Arbitrary<Scenario> {
    private final ScenarioGenerator generator;

    /** The scenarios that the generator draws. */
    public ScenarioArbitrary(ScenarioGenerator generator) {
        this.generator = generator;
    }

    @Override
    public RandomGenerator<Scenario> generator(int genSize) {
        return random -> new Shrunk(generator.generate(random.nextLong()));
    }

    @Override
    public EdgeCases<Scenario> edgeCases(int maxEdgeCases) {
        return EdgeCases.none();
    }

    /** A scenario with those that are a step smaller. */
    private record Shrunk(Scenario value) implements Shrinkable<Scenario> {

        @Override
        public Stream<Shrinkable<Scenario>> shrink() {
            return Stream.<Consumer<Search>>of(
                            search -> StepReduction.run(search, false), SetupReduction::run, OperandReduction::run)
                    .flatMap(this::candidates);
        }

        /** What a reduction would replay if nothing of it failed. */
        private Stream<Shrinkable<Scenario>> candidates(Consumer<Search> reduction) {
            List<Shrinkable<Scenario>> candidates = new ArrayList<>();
            reduction.accept(new Search(
                    value,
                    candidate -> {
                        candidates.add(new Shrunk(candidate));
                        return false;
                    },
                    Integer.MAX_VALUE));
            return candidates.stream();
        }

        @Override
        public ShrinkingDistance distance() {
            Size size = Size.of(value);
            return ShrinkingDistance.of(size.steps(), size.parts(), size.choices(), size.operands());
        }
    }
}
