package org.nestor.spec.eval;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import kodkod.ast.Formula;
import kodkod.ast.Relation;
import kodkod.engine.Evaluator;
import kodkod.engine.config.Options;
import kodkod.instance.Instance;
import kodkod.instance.TemporalInstance;
import kodkod.instance.TupleFactory;
import kodkod.instance.TupleSet;
import kodkod.instance.Universe;

/** The same question asked of Kodkod's own evaluator: slow, and independent of the {@link Compiler}. */
public final class KodkodEvaluation {
    private final Population population;
    private final Universe universe;
    private final Options options = new Options();

    public KodkodEvaluation(Population population) {
        this.population = population;
        this.universe = new Universe(population.atoms());
    }

    /** Whether a formula of the module holds in a state. */
    public boolean holds(String alloy, Valuation state) {
        return evaluate(population.vocabulary().formula(alloy), List.of(state), 0);
    }

    /** Whether a formula about a state and the next holds of the two. */
    public boolean holds(String alloy, Valuation state, Valuation following) {
        return evaluate(population.vocabulary().formula(alloy), List.of(state, following), 1);
    }

    private boolean evaluate(Formula formula, List<Valuation> states, int loop) {
        List<Instance> instances = new ArrayList<>();
        states.forEach(state -> instances.add(instance(state)));
        return new Evaluator(new TemporalInstance(instances, loop, 1), options).evaluate(formula);
    }

    private Instance instance(Valuation state) {
        Instance instance = new Instance(universe);
        population.constants().forEach((relation, tuples) -> instance.add(relation, set(relation, tuples)));
        population.slots().forEach((relation, slot) -> instance.add(relation, set(relation, state.get(slot))));
        population
                .remainders()
                .forEach(relation -> instance.add(relation, universe.factory().noneOf(relation.arity())));
        return instance;
    }

    private TupleSet set(Relation relation, Tuples tuples) {
        TupleFactory factory = universe.factory();
        TupleSet set = factory.noneOf(relation.arity());
        for (int i = 0; i < tuples.size(); i++) {
            List<Object> atoms = new ArrayList<>();
            long rest = tuples.tuple(i);
            for (int digit = 0; digit < relation.arity(); digit++) {
                atoms.add(population.atom((int) (rest % population.size())));
                rest /= population.size();
            }
            Collections.reverse(atoms);
            set.add(factory.tuple(atoms));
        }
        return set;
    }
}
