package org.nestor.spec.mutation;

import edu.mit.csail.sdg.ast.Func;
import edu.mit.csail.sdg.parser.CompModule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.nestor.spec.AlloyModule;

/** All mutants of a module. */
public final class Mutants {

    /** Where Alloy keeps the modules that come with it. */
    private static final String LIBRARY = "util/";

    private Mutants() {}

    /**
     * A mutant for each conjunct of each predicate of the module itself, not of those it opens.
     *
     * @param wanted names of the predicates
     */
    public static List<Mutant> of(AlloyModule module, Predicate<String> wanted) {
        return of(module.parsed(), wanted);
    }

    private static List<Mutant> of(CompModule module, Predicate<String> wanted) {
        List<Mutant> mutants = new ArrayList<>();
        for (Func func : module.getAllFunc()) {
            if (func.isPred && wanted.test(shortName(func))) {
                addAll(func, mutants);
            }
        }
        return mutants;
    }

    /** The same of the module and of those of this project that it opens. */
    public static List<Mutant> ofOpenedToo(AlloyModule module, Predicate<String> wanted) {
        List<Mutant> mutants = new ArrayList<>();
        for (CompModule each : module.parsed().getAllReachableModules()) {
            if (!each.getModuleName().startsWith(LIBRARY)) {
                mutants.addAll(of(each, wanted));
            }
        }
        return mutants;
    }

    /** Where a predicate says the same twice, the second one gets a number. */
    private static void addAll(Func func, List<Mutant> mutants) {
        Map<String, Integer> seen = new HashMap<>();
        for (Conjuncts.Omission omission : Conjuncts.omissions(func.getBody())) {
            String text = omission.dropped().toString().replaceAll("\\s+", " ");
            int times = seen.merge(text, 1, Integer::sum);
            mutants.add(new Mutant(func, omission.rest(), times == 1 ? text : text + " (" + times + ")"));
        }
    }

    static String shortName(Func func) {
        return func.label.substring(func.label.lastIndexOf('/') + 1);
    }
}
