package org.nestor.spec.eval;

import java.util.HashSet;
import java.util.Set;
import kodkod.ast.Decl;
import kodkod.ast.Node;
import kodkod.ast.Relation;
import kodkod.ast.TempExpression;
import kodkod.ast.Variable;
import kodkod.ast.visitor.AbstractVoidVisitor;

/** Whether what an expression or formula comes to may differ from state to state, or with a variable from outside. */
final class ReadsState extends AbstractVoidVisitor {
    private final Population population;
    private final Set<Node> seen = new HashSet<>();
    private final Set<Variable> bound = new HashSet<>();
    private boolean found;

    private ReadsState(Population population) {
        this.population = population;
    }

    static boolean in(Node node, Population population) {
        ReadsState visitor = new ReadsState(population);
        node.accept(visitor);
        return visitor.found;
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

    @Override
    public void visit(Relation relation) {
        found |= !population.isConstant(relation);
    }

    @Override
    public void visit(TempExpression primed) {
        found = true;
    }
}
