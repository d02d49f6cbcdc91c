package org.nestor.spec.table;

import edu.mit.csail.sdg.alloy4.Err;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprCall;
import edu.mit.csail.sdg.ast.Func;
import edu.mit.csail.sdg.ast.VisitQuery;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nestor.spec.eval.FieldDomains;
import org.nestor.spec.eval.Population;
import org.nestor.spec.eval.Tuples;
import org.nestor.spec.eval.Valuation;

/**
 * A module whose signatures have one atom each, so that an instance is a value for each field, and which decides by predicates without
 * parameters.
 *
 * <p>The instances of the whole module are more than can be visited. A decision reads few fields: for each decision, every combination of
 * the fields that it reads is visited, the others being those of some instance that is otherwise in order. So each decision is seen with every
 * input that it has, and mostly alone. Instances with a few fields changed at random come on top, for what two decisions do together.
 */
public final class DecisionTable {
    private static final String VIOLATIONS = "violations";
    private static final int LEGAL_INSTANCES = 256;
    private static final int MOST_CHANGES = 4;

    private final Population population;
    private final List<Choice> choices;
    private final List<Decision> decisions;
    private final ToIntFunction<Valuation> wrongs;
    private final Tuples[] empty;

    private DecisionTable(
            Population population, Set<Func> called, Set<String> unvaried, ToIntFunction<Valuation> wrongs) {
        this.population = population;
        FieldDomains domains = new FieldDomains(population);
        List<Choice> found = new ArrayList<>();
        domains.forEach((name, values) -> found.add(new Choice(
                name, population.slot(name), values.stream().map(this::label).toList(), values)));
        this.choices = List.copyOf(found);
        this.decisions = called.stream()
                .map(func -> new Decision(shortName(func), read(domains.read(func.getBody()), unvaried)))
                .toList();
        this.wrongs = wrongs;
        this.empty = population.emptyTuples();
    }

    /** The table of a module with a function {@code violations}, by what that calls. */
    public static DecisionTable ofViolations(Population population) {
        Set<Func> called = new LinkedHashSet<>();
        collect(func(population, VIOLATIONS).getBody(), called);
        Function<Valuation, Tuples> violations = population.expression(VIOLATIONS);
        return new DecisionTable(
                population, called, Set.of(), state -> violations.apply(state).size());
    }

    /**
     * The table of some predicates, whose instances are all as good.
     *
     * @param unvaried fields that are not combined with the others but random, for example since values are alike
     */
    public static DecisionTable of(Population population, List<String> decisions, Set<String> unvaried) {
        Set<Func> called = new LinkedHashSet<>();
        decisions.forEach(name -> called.add(func(population, name)));
        return new DecisionTable(population, called, unvaried, state -> 0);
    }

    private static Func func(Population population, String name) {
        for (Func func : population.vocabulary().module().parsed().getAllFunc()) {
            if (shortName(func).equals(name)) {
                return func;
            }
        }
        throw new IllegalArgumentException("no predicate or function " + name);
    }

    private String label(Tuples value) {
        return IntStream.range(0, value.size())
                .mapToObj(i -> population.atom((int) (value.tuple(i) % population.size())))
                .collect(Collectors.joining("+"));
    }

    private List<Integer> read(Set<String> fields, Set<String> unvaried) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            if (fields.contains(choice.name()) && !unvaried.contains(choice.field())) {
                positions.add(i);
            }
        }
        return positions;
    }

    private static String shortName(Func func) {
        return func.label.substring(func.label.lastIndexOf('/') + 1);
    }

    private static void collect(Expr expression, Set<Func> called) {
        expression.accept(new VisitQuery<Object>() {
            @Override
            public Object visit(ExprCall call) throws Err {
                if (call.fun.isPred && call.fun.count() == 0) {
                    called.add(call.fun);
                }
                return super.visit(call);
            }
        });
    }

    public Population population() {
        return population;
    }

    public List<Choice> choices() {
        return choices;
    }

    public List<Decision> decisions() {
        return decisions;
    }

    /**
     * Visits every combination of each decision, and then some random ones.
     *
     * @param changed how many instances with a few changed fields
     */
    public void visit(long seed, int changed, Consumer<Case> visitor) {
        Random random = new Random(seed);
        List<Case> legal = legal(random);
        decisions.forEach(decision -> combinations(decision, legal, random, visitor));
        changes(changed, legal, random, visitor);
    }

    /** Visits every combination of some decisions. */
    public void visit(Predicate<Decision> wanted, long seed, Consumer<Case> visitor) {
        Random random = new Random(seed);
        List<Case> legal = legal(random);
        decisions.stream().filter(wanted).forEach(decision -> combinations(decision, legal, random, visitor));
    }

    private void changes(int count, List<Case> legal, Random random, Consumer<Case> visitor) {
        for (int i = 0; i < count; i++) {
            Case instance = legal.get(random.nextInt(legal.size()));
            int changes = 1 + random.nextInt(MOST_CHANGES);
            for (int change = 0; change < changes; change++) {
                instance = changed(instance, random);
            }
            visitor.accept(instance);
        }
    }

    /** Every combination of what the decision reads. */
    private void combinations(Decision decision, List<Case> legal, RandomGenerator random, Consumer<Case> visitor) {
        int[] combination = new int[decision.choices().size()];
        boolean more = true;
        while (more) {
            Case instance = legal.get(random.nextInt(legal.size()));
            visitor.accept(instance.with(decision.choices(), combination));
            more = advance(decision, combination);
        }
    }

    private boolean advance(Decision decision, int[] combination) {
        for (int i = 0; i < combination.length; i++) {
            if (++combination[i]
                    < choices.get(decision.choices().get(i)).values().size()) {
                return true;
            }
            combination[i] = 0;
        }
        return false;
    }

    /** Instances that are in order: a random one, changed field by field as long as no more is wrong with it than before. */
    private List<Case> legal(RandomGenerator random) {
        Set<Case> found = new LinkedHashSet<>();
        while (found.size() < LEGAL_INSTANCES) {
            Case instance = any(random);
            int broken = wrongs(instance);
            while (broken > 0) {
                Case next = changed(instance, random);
                int then = wrongs(next);
                if (then <= broken) {
                    instance = next;
                    broken = then;
                }
            }
            found.add(instance);
        }
        return List.copyOf(found);
    }

    private int wrongs(Case instance) {
        return wrongs.applyAsInt(valuation(instance));
    }

    /** The instance as a state. */
    public Valuation valuation(Case instance) {
        Tuples[] tuples = empty.clone();
        instance.fill(tuples);
        return Valuation.of(tuples);
    }

    private Case any(RandomGenerator random) {
        return new Case(
                choices,
                choices.stream()
                        .mapToInt(choice -> random.nextInt(choice.values().size()))
                        .toArray());
    }

    private Case changed(Case instance, RandomGenerator random) {
        int choice = random.nextInt(choices.size());
        return instance.with(choice, random.nextInt(choices.get(choice).values().size()));
    }
}
