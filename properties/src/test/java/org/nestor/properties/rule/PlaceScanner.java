package org.nestor.properties.rule;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.SortedSet;
import org.nestor.rule.RuleId;
import org.nestor.rule.RulePlace;

/** Collects the place of each {@code @Rule} annotation of a parsed source file. */
final class PlaceScanner extends TreePathScanner<Void, SortedSet<RulePlace>> {

    private final RulePlace.Kind kind;

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
