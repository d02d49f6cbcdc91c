package org.nestor.spec;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.alloy4.Err;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.ast.Expr;
import edu.mit.csail.sdg.ast.ExprCall;
import edu.mit.csail.sdg.ast.Func;
import edu.mit.csail.sdg.ast.VisitQuery;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.A4Solution;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.nestor.spec.Verdict.Expectation;

/** A command of a module: a check or a run, with its scope. */
public final class AlloyCommand {
    private static final int UNSTATED = -1;
    private static final int INDUCTION_STEPS = 2;

    private final AlloyModule module;
    private final Command command;

    AlloyCommand(AlloyModule module, Command command) {
        this.module = module;
        this.command = command;
    }

    public AlloyModule module() {
        return module;
    }

    /** The name of the assert or predicate. */
    public String label() {
        return command.label;
    }

    /** Whether it looks for a counterexample, and not for an instance. */
    public boolean check() {
        return command.check;
    }

    /** The scope as the module writes it, without the expectation. */
    public String scope() {
        String text = command.toString();
        int from = text.indexOf(" for ");
        int to = text.indexOf(" expect ");
        return from < 0 ? "" : text.substring(from + " for ".length(), to < 0 ? text.length() : to);
    }

    public Expectation expected() {
        return command.expects == UNSTATED
                ? Expectation.UNSTATED
                : command.expects == 1 ? Expectation.SOME : Expectation.NONE;
    }

    /**
     * The same command within a larger scope, where that makes sense: of a bounded run, the given length; of a step of an induction,
     * two states.
     *
     * @param atoms of each signature that the command does not bound by itself
     * @param steps length of a bounded run
     */
    public AlloyCommand within(int atoms, int steps) {
        int length = command.maxprefix > INDUCTION_STEPS ? steps : command.maxprefix;
        Command larger = new Command(
                command.pos,
                command.nameExpr,
                command.label,
                command.check,
                atoms,
                command.bitwidth,
                command.maxseq,
                length,
                length,
                command.expects,
                command.scope,
                command.additionalExactScopes,
                command.commandKeyword,
                command.formula,
                command.parent);
        return new AlloyCommand(module, larger);
    }

    /**
     * A run, in the same scope, that looks for something else.
     *
     * @param goal a formula over the module's names
     * @param steps length of the runs
     */
    public AlloyCommand insteadFor(String goal, int steps) {
        Expr formula = CompUtil.parseOneExpression_fromString(module.parsed(), goal)
                .and(module.parsed().getAllReachableFacts());
        return run(steps, steps, formula);
    }

    /**
     * A run, in the same scope, that looks for the situation that a check is about: for {@code all x | P implies Q} some x with P, at any
     * time if the check is about every time.
     */
    public AlloyCommand premise() {
        return run(command.minprefix, command.maxprefix, Premise.of(command));
    }

    private AlloyCommand run(int shortest, int longest, Expr formula) {
        return new AlloyCommand(
                module,
                new Command(
                        command.pos,
                        command.nameExpr,
                        command.label,
                        false,
                        command.overall,
                        command.bitwidth,
                        command.maxseq,
                        shortest,
                        longest,
                        UNSTATED,
                        command.scope,
                        command.additionalExactScopes,
                        command.commandKeyword,
                        formula,
                        command.parent));
    }

    /** Whether it looks at runs of more than one step. */
    public boolean isBoundedRun() {
        return command.maxprefix > INDUCTION_STEPS;
    }

    /** Whether it is about one step from any state, or about any state. */
    public boolean isInduction() {
        return command.maxprefix > 0 && !isBoundedRun();
    }

    /** Whether its formula, or what that calls, calls a predicate or function of the module. */
    public boolean calls(Func func) {
        Set<Func> called = new HashSet<>();
        collect(command.formula, called);
        return called.contains(func);
    }

    private static void collect(Expr expression, Set<Func> called) {
        expression.accept(new VisitQuery<Object>() {
            @Override
            public Object visit(ExprCall call) throws Err {
                if (called.add(call.fun)) {
                    collect(call.fun.getBody(), called);
                }
                return super.visit(call);
            }
        });
    }

    /** Runs it with the default solver. */
    public Run run() {
        return run(Solver.preferred());
    }

    public Run run(Solver solver) {
        long begin = System.nanoTime();
        A4Solution solution = solve(solver);
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        Verdict verdict = new Verdict(label(), check(), scope(), expected(), solution.satisfiable(), solver, time);
        return new Run(this, verdict, solution);
    }

    private A4Solution solve(Solver solver) {
        A4Options options = new A4Options();
        options.solver = solver.factory();
        options.inferPartialInstance = false;
        return TranslateAlloyToKodkod.execute_command(
                A4Reporter.NOP, module.parsed().getAllReachableSigs(), command, options);
    }
}
