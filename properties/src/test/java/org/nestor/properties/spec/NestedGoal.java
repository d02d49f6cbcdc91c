package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.nestor.spec.AlloyCommand;
import org.nestor.spec.AlloyModule;
import org.nestor.spec.Run;

/**
 * Something that a trace of smmu/nested is to show: a table changes, the host publishes commands, and then a DMA still reaches the page that
 * it has reached before, or the one that it is led to now. Hardware is left to the solver.
 *
 * <p>Left out: STEs and CDs that change, since the module has them change at once and a scenario word by word, which is for smmu/steupdate.
 *
 * @param change what changes
 * @param commands operations of the module in order
 * @param stale whether the DMA reaches the former page
 */
record NestedGoal(Change change, List<String> commands, boolean stale) {
    private static final List<String> ALONE = List.of("Ipa2", "NhAll", "Vmall");
    private static final String SYNC = "Sync";
    private static final String BEGIN = """
            some disj p, q: Page, disj i, j: Ipa, m: Vm, s: Stream, k: Context, x: Va |
              vmidsAreUnique and init and always step[Vm]
              and no Hardware.stes and no Hardware.cds and no Watched.reached and no Hardware.pendingTlbi and no Hardware.pendingCfgi
              and Memory.ste = s->m and Memory.cd = s->k and Memory.stage1 = k->x->i and p->m + q->m in Memory.owner
              and (%s)
            """;

    /** The two tables on the way to a page. */
    enum Change {
        /** The host maps another page. */
        STAGE_2(
                "Now.operation = Unmap2 and Now.vm = m and Now.ipa = i ; Now.operation = Map2 and Now.vm = m and Now.ipa = i and Now.page = q"),
        /** The guest maps another address, which leads to another page. */
        STAGE_1("Now.operation = Map1 and Now.context = k and Now.va = x and Now.ipa = j");

        private final String formula;

        Change(String formula) {
            this.formula = formula;
        }
    }

    /** No command, every command with a CMD_SYNC and without, and after a change of stage 2 every two, with a CMD_SYNC between and without. */
    static Stream<NestedGoal> all() {
        List<NestedGoal> goals = new ArrayList<>();
        for (Change change : Change.values()) {
            addBoth(goals, change, List.of());
            for (String first : ALONE) {
                addBoth(goals, change, List.of(first));
                addBoth(goals, change, List.of(first, SYNC));
            }
        }
        for (String first : ALONE) {
            ALONE.stream().filter(second -> !second.equals(first)).forEach(second -> {
                addBoth(goals, Change.STAGE_2, List.of(first, second, SYNC));
                addBoth(goals, Change.STAGE_2, List.of(first, SYNC, second, SYNC));
            });
        }
        return goals.stream();
    }

    private static void addBoth(List<NestedGoal> goals, Change change, List<String> commands) {
        goals.add(new NestedGoal(change, commands, true));
        goals.add(new NestedGoal(change, commands, false));
    }

    /** The same with the other page at the end. */
    NestedGoal opposite() {
        return new NestedGoal(change, commands, !stale);
    }

    /** A trace that shows it, if there is one. */
    Optional<TraceReader> trace(AlloyModule module) {
        AlloyCommand like = module.commands().stream()
                .filter(command -> command.label().equals("pageChangesHands"))
                .findFirst()
                .orElseThrow();
        List<String> steps = steps();
        Run run = like.insteadFor(BEGIN.formatted(String.join(" ; ", steps)), length(steps))
                .run();
        return run.verdict().found() ? Optional.of(new TraceReader(run)) : Optional.empty();
    }

    private static int length(List<String> steps) {
        return String.join(" ; ", steps).split(";", -1).length;
    }

    private List<String> steps() {
        List<String> steps = new ArrayList<>();
        steps.add("Now.operation = Map2 and Now.vm = m and Now.ipa = i and Now.page = p");
        if (change == Change.STAGE_1) {
            steps.add("Now.operation = Map2 and Now.vm = m and Now.ipa = j and Now.page = q");
        }
        steps.add("Now.operation = Idle");
        steps.add(change.formula);
        commands.forEach(
                command -> steps.add("Now.operation = " + command + (command.equals(SYNC) ? "" : " and Now.vm = m")));
        steps.add("Now.operation = Idle");
        steps.add("Now.operation = Dma and Now.stream = s and Now.va = x and Now.page = " + (stale ? "p" : "q"));
        return steps;
    }

    @Override
    public String toString() {
        return change + " " + String.join(" ", commands) + (stale ? " may leave" : " lets through");
    }
}
