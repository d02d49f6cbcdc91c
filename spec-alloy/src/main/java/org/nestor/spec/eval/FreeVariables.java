package org.nestor.spec.eval;

import java.util.HashSet;
import java.util.Set;
import kodkod.ast.Decl;
import kodkod.ast.Node;
import kodkod.ast.Variable;
import kodkod.ast.visitor.AbstractVoidVisitor;

/** Whether an expression or formula depends on a variable from outside. */
class FreeVariables extends AbstractVoidVisitor {
    private final Set<Node> seen = new HashSet<>();
    private final Set<Variable> bound = new HashSet<>();
    private boolean found;

    static boolean in(Node node) {
        return new FreeVariables().dependsOnOutside(node);
    }

    final boolean dependsOnOutside(Node node) {
        node.accept(this);
        return found;
    }

    /** What was visited depends on something outside. */
    final void find() {
        found = true;
    }

    @Override
    protected boolean visited(Node node) {
        return !(node instanceof Variable) && !seen.add(node);
    }

    @Override
    public void visit(Decl decl) {
        bound.add(decl.variable());
        super.visit(decl);
    }

    @Override
    public void visit(Variable variable) {
        found |= !bound.contains(variable);
    }
}
