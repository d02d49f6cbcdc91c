package org.nestor.spec.eval;

import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.Sig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import kodkod.ast.Formula;
import kodkod.ast.Relation;

/**
 * The atoms that states of a module are made of, and the module's predicates compiled for them. Each {@code one sig} is an atom under
 * its own name; the others are given. What these signatures hold is the same in every state, and so is the order of an {@code enum},
 * which is that of its declaration; the other relations have a slot in a {@link Valuation}.
 */
public final class Population {
    /** How Alloy calls what a signature has beyond its extensions; here always nothing. */
    private static final String REMAINDER = "_remainder";

    private final Vocabulary vocabulary;
    private final List<String> atoms = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Relation, Tuples> constants = new LinkedHashMap<>();
    private final Map<Relation, Integer> slots = new LinkedHashMap<>();
    private final Set<Relation> remainders = new LinkedHashSet<>();
    private final Compiler compiler;

    /**
     * Numbers the atoms.
     *
     * @param members names of the atoms of each signature that has more or fewer than one
     */
    public Population(Vocabulary vocabulary, Map<String, List<String>> members) {
        this(vocabulary, members, Map.of());
    }

    /**
     * Numbers the atoms, and fixes what some relations hold in every state.
     *
     * @param fixed rows of atoms of each such relation; of the field of a {@code one sig} without the owner
     */
    public Population(Vocabulary vocabulary, Map<String, List<String>> members, Map<String, List<List<String>>> fixed) {
        this.vocabulary = vocabulary;
        Map<String, List<String>> given = new HashMap<>();
        members.forEach((name, names) -> given.put(vocabulary.fullName(name), names));
        vocabulary.sigs().forEach((name, sig) -> {
            List<String> own = own(name, sig, given);
            own.forEach(atom -> numbers.put(atom, atoms.size() + own.indexOf(atom)));
            atoms.addAll(own);
        });
        vocabulary.sigs().forEach((name, sig) -> fix(name, sig, own(name, sig, given)));
        fixed.forEach((name, rows) -> {
            Relation relation = vocabulary.relation(vocabulary.fullName(name));
            constants.put(relation, tuples(relation.arity(), rows));
        });
        vocabulary.relations().values().stream()
                .filter(relation -> !constants.containsKey(relation))
                .forEach(relation -> slots.put(relation, slots.size()));
        this.compiler = new Compiler(this);
    }

    private static List<String> own(String name, Sig sig, Map<String, List<String>> given) {
        if (sig.isOne != null && sig.isSubset == null) {
            return List.of(isOrder(name) ? name : name.substring(name.lastIndexOf('/') + 1));
        }
        return given.getOrDefault(name, List.of());
    }

    private static boolean isOrder(String name) {
        return name.endsWith("/Ord");
    }

    private void fix(String name, Sig sig, List<String> own) {
        Relation relation = vocabulary.relations().get(name);
        if (relation != null && sig.isSubset == null && sig.isVariable == null) {
            constants.put(relation, set(own));
        }
        if (isOrder(name)) {
            fixOrder(name, sig);
        }
    }

    /** First and Next of an enumeration, of which the atoms are signatures. */
    private void fixOrder(String name, Sig order) {
        Sig.PrimSig elements = order.getFields().get(0).type().fold().get(0).get(1);
        List<String> names = new ArrayList<>();
        elements.children().forEach(child -> names.add(Vocabulary.label(child)));
        List<List<String>> pairs = IntStream.range(1, names.size())
                .mapToObj(i -> List.of(name, shortName(names.get(i - 1)), shortName(names.get(i))))
                .toList();
        constants.put(vocabulary.relation(name + ".First"), tuples(2, List.of(List.of(name, shortName(names.get(0))))));
        constants.put(vocabulary.relation(name + ".Next"), tuples(3, pairs));
    }

    private static String shortName(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** How many atoms there are. */
    public int size() {
        return atoms.size();
    }

    public List<String> atoms() {
        return List.copyOf(atoms);
    }

    /** The number of an atom. */
    public int number(String atom) {
        Integer number = numbers.get(atom);
        if (number == null) {
            throw new NoSuchElementException("no atom " + atom);
        }
        return number;
    }

    public String atom(int number) {
        return atoms.get(number);
    }

    /** The atoms of a unary relation, by name. */
    public Set<String> names(Tuples set) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < set.size(); i++) {
            names.add(atom((int) set.tuple(i)));
        }
        return names;
    }

    /** A unary relation. */
    public Tuples set(Collection<String> members) {
        return Tuples.of(size(), 1, members.stream().mapToLong(this::number).toArray());
    }

    /** A relation of any arity. */
    public Tuples tuples(int arity, Collection<List<String>> rows) {
        return Tuples.of(size(), arity, rows.stream().mapToLong(this::tuple).toArray());
    }

    /** The tuples by the names of their atoms, joined by arrows. */
    public List<String> rows(Tuples tuples) {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < tuples.size(); i++) {
            long rest = tuples.tuple(i);
            String row = atom((int) (rest % size()));
            for (int digit = 1; digit < tuples.arity(); digit++) {
                rest /= size();
                row = atom((int) (rest % size())) + "->" + row;
            }
            rows.add(row);
        }
        return rows;
    }

    /** What a state holds, relation by relation, without those that are empty. */
    public String describe(Valuation state) {
        return slots.entrySet().stream()
                .filter(slot -> !state.get(slot.getValue()).isEmpty())
                .map(slot -> shortName(slot.getKey().name()) + " = " + rows(state.get(slot.getValue())))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /** The tuples of one or the other, and not of both. */
    public Tuples toggled(Tuples tuples, Tuples others) {
        return tuples.difference(others).union(others.difference(tuples));
    }

    /** The number of a tuple. */
    public long tuple(List<String> row) {
        long tuple = 0;
        for (String atom : row) {
            tuple = tuple * size() + number(atom);
        }
        return tuple;
    }

    /** The slot of a signature or field, given in full or without the module. */
    public int slot(String name) {
        Integer slot = slots.get(vocabulary.relation(vocabulary.fullName(name)));
        if (slot == null) {
            throw new NoSuchElementException(name + " is the same in every state");
        }
        return slot;
    }

    /** How many relations a state has, which are its slots. */
    public int relations() {
        return slots.size();
    }

    /** The state in which every relation is empty that may be. */
    public Valuation empty() {
        return Valuation.of(emptyTuples());
    }

    /** An array to be filled by slot. */
    public Tuples[] emptyTuples() {
        Tuples[] tuples = new Tuples[slots.size()];
        slots.forEach((relation, slot) -> tuples[slot] = Tuples.none(size(), relation.arity()));
        return tuples;
    }

    /** Whether the relation holds the same in every state. */
    boolean isConstant(Relation relation) {
        return constants.containsKey(relation) || relation.name().endsWith(REMAINDER);
    }

    Set<Relation> remainders() {
        return remainders;
    }

    boolean isConstant(String fullName) {
        return constants.containsKey(vocabulary.relation(fullName));
    }

    Map<Relation, Tuples> constants() {
        return constants;
    }

    Map<Relation, Integer> slots() {
        return slots;
    }

    Term term(Relation relation) {
        Tuples constant = constants.get(relation);
        if (constant != null) {
            return new Term.Constant(constant);
        }
        if (relation.name().endsWith(REMAINDER)) {
            remainders.add(relation);
            return new Term.Constant(Tuples.none(size(), relation.arity()));
        }
        Integer slot = slots.get(relation);
        if (slot == null) {
            throw new NoSuchElementException("no relation " + relation);
        }
        int at = slot;
        return (state, env) -> state.get(at);
    }

    /** A formula of the module, for example the name of a predicate, compiled. */
    public Predicate<Valuation> predicate(String alloy) {
        return predicate(vocabulary.formula(alloy));
    }

    /** A parsed formula, compiled. */
    public Predicate<Valuation> predicate(Expr alloy) {
        return predicate(vocabulary.formula(alloy));
    }

    private Predicate<Valuation> predicate(Formula formula) {
        Test test = compiler.test(formula);
        return state -> test.at(state, compiler.environment());
    }

    /** An expression of the module, for example the name of a function, compiled. */
    public Function<Valuation, Tuples> expression(String alloy) {
        Term term = compiler.term(vocabulary.expression(alloy));
        return state -> term.at(state, compiler.environment());
    }

    /** The value of an expression that is the same in every state. */
    Tuples constant(Expr alloy) {
        if (compiler.term(vocabulary.translated(alloy)) instanceof Term.Constant constant) {
            return constant.value();
        }
        throw new IllegalArgumentException(alloy + " is not the same in every state");
    }
}
