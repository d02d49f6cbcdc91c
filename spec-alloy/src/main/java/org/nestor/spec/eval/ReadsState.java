package org.nestor.spec.eval;

import kodkod.ast.Node;
import kodkod.ast.Relation;
import kodkod.ast.TempExpression;

/** Whether what an expression or formula comes to may differ from state to state, or with a variable from outside. */
final class ReadsState extends FreeVariables {
    private final Population population;

    private ReadsState(Population population) {
        this.population = population;
    }

    static boolean in(Node node, Population population) {
        return new ReadsState(population).dependsOnOutside(node);
    }

    @Override
    public void visit(Relation relation) {
        if (!population.isConstant(relation)) {
            find();
        }
    }

    @Override
    public void visit(TempExpression primed) {
        find();
    }
}
