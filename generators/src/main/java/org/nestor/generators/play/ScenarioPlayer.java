package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.nestor.generators.scenario.Action;
import org.nestor.generators.scenario.CommandStep;
import org.nestor.generators.scenario.ConfigurationStep;
import org.nestor.generators.scenario.DeviceStep;
import org.nestor.generators.scenario.Observation;
import org.nestor.generators.scenario.RegisterStep;
import org.nestor.generators.scenario.Scenario;
import org.nestor.generators.scenario.Step;
import org.nestor.generators.scenario.TableStep;

/**
 * Lowers a scenario into actions, one after the other:
 *
 * <pre>{@code
 * ScenarioPlayer player = new ScenarioPlayer(repertoire, scenario);
 * while (player.hasNext()) {
 *     reply = send(player.next());
 *     player.observe(...);   // if the reply tells that a DMA stalled, or what a register holds
 * }
 * }</pre>
 *
 * <p>The actions are a pure function of the scenario, the capabilities and what was observed. Observations are welcome, not
 * necessary: who sends actions in batches may leave them out, and should wait for a reply where {@link #needsReply()} says so.
 */
public final class ScenarioPlayer {
    /** {@link #step()} of actions that belong to the set-up. */
    public static final int SETUP = -1;

    private final Repertoire repertoire;
    private final Scenario scenario;
    private final Action.Reset reset;
    private final Script script = new Script();
    private final Conversation conversation = new Conversation(script);
    private World world;
    private Moves moves;
    private Optional<Action> last = Optional.empty();
    private int current = SETUP;

    /** What lowers the steps of one machine. */
    private record Moves(
            MachineMoves machine,
            TableMoves tables,
            ConfigurationMoves configuration,
            CommandMoves commands,
            DeviceMoves devices,
            RegisterMoves registers) {
        static Moves in(World world) {
            MachineMoves machine = new MachineMoves(world);
            return new Moves(
                    machine,
                    new TableMoves(world),
                    new ConfigurationMoves(world),
                    new CommandMoves(world),
                    new DeviceMoves(world),
                    new RegisterMoves(world, machine));
        }
    }

    /** Plays on an implementation of which the repertoire was made. */
    public ScenarioPlayer(Repertoire repertoire, Scenario scenario) {
        this.repertoire = repertoire.as(scenario.setup().machine().identity());
        this.scenario = scenario;
        this.reset = new Action.Reset(this.repertoire.resetIds());
        script.add(reset);
        this.world = new World(this.repertoire, scenario.setup(), script, conversation);
        this.moves = Moves.in(world);
        moves.machine().start(true);
    }

    /** All actions, for a scenario in which nothing depends on replies, or when there are none. */
    public static List<Action> actions(Repertoire repertoire, Scenario scenario) {
        List<Action> actions = new ArrayList<>();
        ScenarioPlayer player = new ScenarioPlayer(repertoire, scenario);
        while (player.hasNext()) {
            actions.add(player.next());
        }
        return actions;
    }

    /** Whether there is another action. Takes the reply to the last one as not coming any more. */
    public boolean hasNext() {
        last.ifPresent(conversation::moveOn);
        last = Optional.empty();
        while (!script.hasActions()) {
            if (script.hasWork()) {
                script.doWork();
            } else if (current + 1 < scenario.steps().size()) {
                current++;
                play(scenario.steps().get(current));
            } else {
                return false;
            }
        }
        return true;
    }

    /**
     * The next action.
     *
     * @throws NoSuchElementException if there is none
     */
    public Action next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the scenario is over");
        }
        Action action = script.nextAction();
        last = Optional.of(action);
        return action;
    }

    /** The index of the step that the last action belongs to, or {@link #SETUP}. */
    public int step() {
        return current;
    }

    /** Whether what comes next depends on the reply to the last action. */
    public boolean needsReply() {
        return last.filter(conversation::isUrgent).isPresent();
    }

    /** Takes what was observed about the last action. */
    public void observe(Observation observation) {
        last.ifPresent(action -> conversation.observe(action, observation));
    }

    private void play(Step step) {
        if (step instanceof TableStep table) {
            moves.tables().play(table);
        } else if (step instanceof ConfigurationStep configuration) {
            moves.configuration().play(configuration);
        } else if (step instanceof CommandStep command) {
            moves.commands().play(command);
        } else if (step instanceof DeviceStep device) {
            moves.devices().play(device);
        } else if (step instanceof RegisterStep.Restart restart) {
            restart(restart.how());
        } else if (step instanceof RegisterStep register) {
            moves.registers().play(register);
        }
    }

    private void restart(int how) {
        script.clear();
        conversation.clear();
        script.add(reset);
        world = new World(repertoire, scenario.setup(), script, conversation);
        moves = Moves.in(world);
        moves.machine().start(how % 2 == 0);
    }
}
