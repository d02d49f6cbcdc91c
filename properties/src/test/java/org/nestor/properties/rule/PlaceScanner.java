package org.nestor.properties.rule;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import org.nestor.rule.RuleId;
import org.nestor.rule.RulePlace;

/**
 * Collects the place of each {@code @Rule} annotation of a parsed source file, and of each constant for a rule that is told to
 * a rule log: every one of the SMMU and of what is allowed, whose refusals, violations and excuses are told too by whoever gets
 * them, and elsewhere those that are passed to the log.
 */
final class PlaceScanner extends TreePathScanner<Void, SortedSet<RulePlace>> {
    private static final Set<String> TOLD_BY_WHOEVER_GETS_THEM = Set.of("org.nestor.smmu", "org.nestor.allowed");
    private static final Set<String> TELLING = Set.of("decided", "followed");

    private final RulePlace.Kind kind;
    /** The constants of the file, by name. */
    private final Map<String, RulePlace> constants = new HashMap<>();

    PlaceScanner(RulePlace.Kind kind) {
        this.kind = kind;
    }

    @Override
    public Void visitAnnotation(AnnotationTree annotation, SortedSet<RulePlace> places) {
        String type = annotation.getAnnotationType().toString();
        TreePath modifiers = getCurrentPath().getParentPath();
        if (isRule(type) && modifiers.getLeaf() instanceof ModifiersTree) {
            places.add(new RulePlace(ruleOf(annotation), kind, where(modifiers.getParentPath())));
        }
        return super.visitAnnotation(annotation, places);
    }

    @Override
    public Void visitVariable(VariableTree variable, SortedSet<RulePlace> places) {
        boolean constant = kind == RulePlace.Kind.DECIDED
                && String.valueOf(variable.getType()).equals("RuleId");
        if (constant && variable.getInitializer() instanceof MethodInvocationTree call && isIdOf(call)) {
            LiteralTree id = (LiteralTree) call.getArguments().get(0);
            RuleId rule = RuleId.of((String) id.getValue());
            RulePlace place = new RulePlace(rule, RulePlace.Kind.WATCHED, where(getCurrentPath()));
            constants.put(variable.getName().toString(), place);
            if (TOLD_BY_WHOEVER_GETS_THEM.stream().anyMatch(place.where()::startsWith)) {
                places.add(place);
            }
        }
        return super.visitVariable(variable, places);
    }

    private static boolean isIdOf(MethodInvocationTree call) {
        return call.getMethodSelect().toString().equals("RuleId.of")
                && call.getArguments().get(0) instanceof LiteralTree;
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, SortedSet<RulePlace> places) {
        if (call.getMethodSelect() instanceof MemberSelectTree method
                && TELLING.contains(method.getIdentifier().toString())) {
            for (String name : names(call)) {
                RulePlace place = constants.get(name);
                if (place != null) {
                    places.add(place);
                }
            }
        }
        return super.visitMethodInvocation(call, places);
    }

    /** What the arguments of a call name. */
    private static List<String> names(MethodInvocationTree call) {
        List<String> names = new ArrayList<>();
        TreeScanner<Void, List<String>> scanner = new TreeScanner<>() {
            @Override
            public Void visitIdentifier(IdentifierTree identifier, List<String> found) {
                found.add(identifier.getName().toString());
                return super.visitIdentifier(identifier, found);
            }
        };
        scanner.scan(call.getArguments(), names);
        return names;
    }

    private static boolean isRule(String type) {
        return type.equals("Rule") || type.equals("org.nestor.rule.Rule");
    }

    private static RuleId ruleOf(AnnotationTree annotation) {
        ExpressionTree argument = annotation.getArguments().get(0);
        ExpressionTree value = argument instanceof AssignmentTree named ? named.getExpression() : argument;
        if (value instanceof LiteralTree literal && literal.getValue() instanceof String id) {
            return RuleId.of(id);
        }
        throw new IllegalArgumentException("@Rule takes its id as a string literal, not " + value);
    }

    private static String where(TreePath declaration) {
        Tree leaf = declaration.getLeaf();
        if (leaf instanceof ClassTree) {
            return typeName(declaration);
        }
        String type = typeName(declaration.getParentPath());
        if (leaf instanceof MethodTree method) {
            return type + "#" + (method.getName().contentEquals("<init>") ? "new" : method.getName());
        }
        return type + "#" + ((VariableTree) leaf).getName();
    }

    /** The name of the innermost type with a name; a member of an anonymous class counts as the outer type's. */
    private static String typeName(TreePath path) {
        String name = "";
        for (Tree tree : path) {
            if (tree instanceof ClassTree type && !type.getSimpleName().isEmpty()) {
                name = type.getSimpleName() + (name.isEmpty() ? "" : "." + name);
            } else if (tree instanceof CompilationUnitTree source) {
                name = source.getPackageName() + "." + name;
            }
        }
        return name;
    }
}
