package org.nestor.generators.search;

import java.util.List;
import org.nestor.generators.scenario.CommandStep;
import org.nestor.generators.scenario.ConfigurationStep;
import org.nestor.generators.scenario.DeviceStep;
import org.nestor.generators.scenario.RegisterStep;
import org.nestor.generators.scenario.Step;
import org.nestor.generators.scenario.TableStep;
import org.nestor.smmu.register.Register;

/** Writes motifs as steps. A scenario has a focus, a table, a slot and a stream that most of its steps are about. */
final class MotifWriter {
    private static final int HOT = 3;
    private static final int SLOTS = 9;
    private static final int ALIASES = 8 * 64;
    private static final int REGISTERS = 64;
    private static final int GUARDED = Register.values().length;
    private static final int NEAR_MISSES = 10;
    private static final int FORMS = 6;
    private static final int LEGAL_CHANGE = 1;
    private static final int KIND_CHANGE = 2;
    private static final int INVALID = 3;
    private static final int BREAK = 4;
    private static final int TAG_CHANGE = 8;
    private static final int TABLE_CHANGE = 9;
    private static final int PROTECTED_WALKS = 12;
    private static final int TAGGED_ADDRESSES = 12;
    private static final int TAG = 1;
    private static final int SPAN = 2;
    private static final int RANGE_FORM = 5;
    private static final int STRUCTURES = 6;
    private static final int READ_ONLY = 1;
    private static final int DEVICE = 6;
    private static final int STALLS = 10;
    private static final int HARDWARE_UPDATES = 11;

    private final Dice dice;
    private final List<Step> steps;
    private final int table;
    private final int slot;
    private final int stream;
    private final int favourite;
    private int latestSlot;
    private int latestStream;

    MotifWriter(Dice dice, List<Step> steps) {
        this.dice = dice;
        this.steps = steps;
        this.table = dice.below(SLOTS);
        this.slot = dice.below(SLOTS);
        this.stream = dice.below(HOT);
        this.favourite = dice.below(ALIASES);
        this.latestSlot = slot;
        this.latestStream = stream;
    }

    void write(Motif motif) {
        switch (motif) {
            case USE -> uses(1 + dice.below(3));
            case REMAP -> remap();
            case OVERWRITE -> around(() -> add(map(0)));
            case PERMIT -> around(() -> add(new TableStep.Permit(table(), slot(), dice.any())));
            case REPOINT -> around(() -> add(new TableStep.Repoint(table(), slot(), dice.below(3), dice.any())));
            case GROUP -> around(() -> add(new TableStep.Group(table(), slot(), target(), dice.rarely(40))));
            case CORRUPT -> around(() -> add(new TableStep.Corrupt(table(), slot(), dice.below(3), bit())));
            case STE_CHANGE -> around(() -> ste(dice.of(LEGAL_CHANGE, LEGAL_CHANGE, KIND_CHANGE, 0, INVALID)));
            case STE_BREAK -> around(() -> ste(broken()));
            case CD_CHANGE -> around(() -> cd(dice.of(LEGAL_CHANGE, LEGAL_CHANGE, KIND_CHANGE, 0, INVALID)));
            case CD_BREAK -> around(() -> cd(broken()));
            case FIRST_LEVEL -> around(this::firstLevel);
            case DETOUR -> detour();
            case TAG_REUSE -> around(this::reuseTag);
            case UNDER_STRUCTURES -> around(this::underStructures);
            case COMMAND -> command(0);
            case RANGE -> around(this::range);
            case COMMAND_ERROR -> commandError();
            case SYNC -> sync();
            case BURST -> burst();
            case EVENT_FLOOD -> flood();
            case TAGS -> tags();
            case HARDWARE_UPDATE -> hardwareUpdate();
            case STALL -> stall();
            case ATS -> ats();
            case PRI -> pri();
            case GUARD -> guard();
            case REGISTER_READ -> registerRead();
            case ENABLE -> around(() -> add(new RegisterStep.Enable(dice.below(9), dice.below(5))));
            case BYPASS -> bypass();
            case INTERRUPT -> interrupt();
            case QUEUE_MOVE -> queueMove();
            case STREAMS_MOVE -> around(() -> add(new RegisterStep.MoveStreams(dice.below(5), dice.any())));
            case PEEK -> add(new RegisterStep.Peek(dice.below(6), dice.below(REGISTERS)));
            case RESTART -> add(new RegisterStep.Restart(dice.rarely(20)));
        }
    }

    private void add(Step step) {
        steps.add(step);
    }

    private int table() {
        return dice.chance(75) ? table : dice.below(SLOTS);
    }

    private int slot() {
        latestSlot = dice.chance(70) ? slot : dice.below(SLOTS);
        return latestSlot;
    }

    private int stream() {
        latestStream = dice.chance(60) ? stream : dice.below(HOT + 1);
        return latestStream;
    }

    private int target() {
        return dice.below(dice.chance(85) ? 6 : 8);
    }

    /** Half of the time a bit at an end of the address that a descriptor has, where that lies for one granule or another. */
    private int bit() {
        return dice.chance(50) ? dice.below(Long.SIZE) : dice.of(12, 13, 14, 15, 16, 47, 48, 49, 50, 51);
    }

    private TableStep map(int levelChance) {
        int level = dice.chance(levelChance) ? dice.below(3) : dice.chance(20) ? dice.below(3) : 0;
        return new TableStep.Map(table(), slot(), target(), level, dice.rarely(25));
    }

    /** Uses that fill caches, a change, its invalidation or not, and uses that look at it, half of them just where it was. */
    private void around(Runnable change) {
        uses(dice.below(3));
        change.run();
        int changedStream = latestStream;
        int changedSlot = latestSlot;
        invalidation();
        for (int i = 1 + dice.below(2); i > 0; i--) {
            use(dice.chance(50) ? changedStream : stream(), dice.chance(50) ? changedSlot : slot());
        }
        if (dice.chance(30)) {
            add(new RegisterStep.TakeEvents(0));
        }
    }

    private void invalidation() {
        if (dice.chance(25)) {
            return;
        }
        int fit = dice.chance(65) ? 0 : 1 + dice.below(NEAR_MISSES);
        int completion = dice.chance(80) ? 0 : 1 + dice.below(2);
        add(new CommandStep.Invalidate(fit, invalidationForm(dice.below(FORMS)), completion));
    }

    /** A range reaches over one leaf, or as far as it may be. */
    private int invalidationForm(int form) {
        return form == RANGE_FORM && dice.chance(60) ? form + FORMS * dice.any() : form;
    }

    private void uses(int count) {
        for (int i = 0; i < count; i++) {
            use(stream(), slot());
        }
    }

    private void use(int which, int where) {
        use(which, where, dice.chance(8) ? favourite : dice.chance(10) ? dice.below(ALIASES) : 0);
    }

    private void use(int which, int where, int alias) {
        int form = dice.rarely(20) % 4 + 4 * alias;
        add(new DeviceStep.Access(
                which,
                where + (dice.chance(12) ? 6 : 0),
                dice.below(9),
                dice.below(2),
                dice.chance(25) ? dice.below(8) : 0,
                dice.chance(20) ? dice.below(11) : 0,
                form));
    }

    private void remap() {
        uses(1);
        int where = slot();
        int which = table();
        if (dice.chance(85)) {
            add(new TableStep.Unmap(which, where, dice.rarely(20)));
            invalidation();
        }
        if (dice.chance(30)) {
            use(stream(), where);
        }
        if (dice.chance(80)) {
            int level = dice.chance(20) ? dice.below(3) : 0;
            add(new TableStep.Map(which, where, target(), level, dice.rarely(25)));
        }
        use(stream(), where);
        use(stream(), where);
    }

    /** One rule broken, more often than entries of which nobody knows what they break. */
    private int broken() {
        return dice.chance(50) ? BREAK : BREAK + 1 + dice.below(3);
    }

    private void ste(int form) {
        add(new ConfigurationStep.WriteSte(stream(), form, dice.any(), dice.rarely(25)));
    }

    private void cd(int form) {
        int substream = dice.chance(25) ? dice.below(4) : 0;
        add(new ConfigurationStep.WriteCd(stream(), substream, form, dice.any(), dice.rarely(25)));
    }

    private void firstLevel() {
        add(
                dice.chance(50)
                        ? new ConfigurationStep.WriteL1Std(stream(), dice.of(0, 1, SPAN, SPAN, 3, 4), dice.any())
                        : new ConfigurationStep.WriteL1Cd(stream(), dice.below(4), dice.below(4), dice.any()));
    }

    private void detour() {
        int which = stream();
        boolean entry = dice.chance(50);
        int form = dice.of(LEGAL_CHANGE, KIND_CHANGE, INVALID, BREAK, TABLE_CHANGE);
        int operand = dice.any();
        use(which, slot());
        add(
                entry
                        ? new ConfigurationStep.WriteSte(which, form, operand, 0)
                        : new ConfigurationStep.WriteCd(which, 0, form, operand, 0));
        invalidation();
        use(which, slot());
        add(entry ? new ConfigurationStep.WriteSte(which, 0, 0, 0) : new ConfigurationStep.WriteCd(which, 0, 0, 0, 0));
        invalidation();
        use(which, slot());
        add(new RegisterStep.TakeEvents(0));
    }

    private void reuseTag() {
        if (dice.chance(50)) {
            ste(TAG_CHANGE);
        } else {
            cd(dice.of(TAG_CHANGE, TABLE_CHANGE));
        }
    }

    /** The last tables are those of stage 2, where slots from 6 on hold structures. */
    private void underStructures() {
        int where = STRUCTURES + dice.below(3);
        int which = dice.of(1, 2, 3);
        if (dice.chance(20)) {
            enableFeature(stream(), PROTECTED_WALKS);
        }
        add(
                switch (dice.below(4)) {
                    case 0 -> new TableStep.Unmap(which, where, 0);
                    case 1 -> new TableStep.Permit(which, where, dice.chance(40) ? DEVICE : dice.any());
                    default -> new TableStep.Map(which, where, dice.below(3), 0, dice.rarely(30));
                });
    }

    private void command(int flaw) {
        add(new CommandStep.Command(dice.below(34), stream(), slot(), dice.any(), flaw, dice.chance(15) ? 1 : 0));
    }

    private void range() {
        int where = slot();
        int which = table();
        add(new TableStep.Map(which, where, target(), dice.below(3), 0));
        use(stream(), where);
        add(new TableStep.Unmap(which, where, 0));
        int fit = dice.chance(50) ? 0 : dice.of(3, 8, 9, 10);
        add(new CommandStep.Invalidate(fit, invalidationForm(RANGE_FORM), 0));
    }

    private void commandError() {
        if (dice.chance(60)) {
            command(1 + dice.below(1 << 10));
        } else {
            add(new CommandStep.Raw(dice.any(), dice.any(), dice.any()));
        }
        if (dice.chance(60)) {
            command(0);
        }
        use(stream(), slot());
        add(new RegisterStep.Acknowledge(dice.chance(70) ? 0 : dice.below(40)));
        add(new CommandStep.Sync(0, 0));
    }

    private void sync() {
        add(new CommandStep.Sync(dice.below(8), dice.any()));
        if (dice.chance(60)) {
            add(new RegisterStep.TakeInterrupts());
        }
        if (dice.chance(30)) {
            add(new RegisterStep.Peek(5, 0));
        }
    }

    private void burst() {
        for (int i = 1 + dice.below(3); i > 0; i--) {
            add(new CommandStep.Burst(dice.chance(40) ? REGISTERS - 1 : dice.below(REGISTERS), dice.any()));
        }
    }

    private void flood() {
        int where = slot();
        add(new TableStep.Unmap(table(), where, 0));
        invalidation();
        for (int i = 2 + dice.below(8); i > 0; i--) {
            use(stream(), where);
        }
        add(new RegisterStep.TakeEvents(dice.chance(50) ? 0 : dice.below(4)));
        while (dice.chance(50)) {
            for (int i = dice.chance(50) ? 1 : 1 + dice.below(6); i > 0; i--) {
                use(stream(), where);
            }
            add(new RegisterStep.TakeEvents(dice.chance(60) ? 0 : dice.below(4)));
        }
    }

    private void enableFeature(int which, int form) {
        boolean entry = dice.chance(35);
        int without = dice.chance(60) ? 0 : dice.below(8);
        add(
                entry
                        ? new ConfigurationStep.WriteSte(which, form, without, 0)
                        : new ConfigurationStep.WriteCd(which, 0, form, without, 0));
        add(new CommandStep.Invalidate(0, dice.below(FORMS), 0));
    }

    /** Tags count or not, as the CD says; a page that tagged addresses lead to changes, and software knows nothing of tags. */
    private void tags() {
        int which = stream();
        int where = slot();
        if (dice.chance(70)) {
            add(new ConfigurationStep.WriteCd(which, 0, TAGGED_ADDRESSES, dice.chance(70) ? 0 : dice.below(4), 0));
            invalidation();
        }
        use(which, where, dice.chance(70) ? TAG : favourite);
        add(
                dice.chance(50)
                        ? new TableStep.Unmap(table(), where, 0)
                        : new TableStep.Map(table(), where, target(), 0, dice.rarely(25)));
        invalidation();
        use(which, where, dice.chance(70) ? TAG : dice.below(ALIASES));
    }

    private void hardwareUpdate() {
        int which = stream();
        int where = slot();
        if (dice.chance(60)) {
            enableFeature(which, HARDWARE_UPDATES);
        }
        add(new TableStep.Permit(table(), where, dice.of(3, 8, 9) + 12 * dice.below(2)));
        invalidation();
        if (dice.chance(25)) {
            add(new TableStep.Permit(dice.of(1, 2, 3), STRUCTURES + dice.below(3), READ_ONLY));
            invalidation();
        }
        use(which, where);
        use(which, where);
        add(new RegisterStep.Peek(1, dice.below(SLOTS)));
    }

    private void stall() {
        int which = stream();
        int where = slot();
        if (dice.chance(60)) {
            enableFeature(which, STALLS);
        }
        add(new TableStep.Unmap(table(), where, 0));
        invalidation();
        for (int i = 1 + dice.below(3); i > 0; i--) {
            use(which, where);
        }
        if (dice.chance(40)) {
            add(new TableStep.Map(table(), where, target(), 0, 0));
        }
        for (int i = dice.below(3); i > 0; i--) {
            add(new DeviceStep.Resume(dice.below(4), dice.below(3), dice.rarely(20)));
        }
        if (dice.chance(25)) {
            add(new DeviceStep.TerminateStalls(which));
        }
        add(new RegisterStep.Await());
        add(new RegisterStep.TakeEvents(0));
    }

    private void ats() {
        for (int i = 1 + dice.below(3); i > 0; i--) {
            int form = dice.chance(25) ? dice.any() : 0;
            int substream = dice.chance(20) ? dice.below(8) : 0;
            add(new DeviceStep.Ats(stream(), slot(), dice.below(16), dice.below(2), substream, form));
        }
    }

    private void pri() {
        for (int i = 1 + dice.below(5); i > 0; i--) {
            add(new DeviceStep.AskPage(stream(), slot(), dice.chance(40) ? dice.below(8) : 0, dice.any()));
        }
        add(takePages());
        while (dice.chance(40)) {
            for (int i = 1 + dice.below(3); i > 0; i--) {
                add(new DeviceStep.AskPage(stream(), slot(), dice.chance(40) ? dice.below(8) : 0, dice.any()));
            }
            add(takePages());
        }
    }

    private DeviceStep.TakePages takePages() {
        return new DeviceStep.TakePages(dice.chance(60) ? 0 : dice.below(4), dice.chance(50) ? dice.below(64) : 0);
    }

    private void guard() {
        int register = dice.below(GUARDED);
        add(new RegisterStep.Write(register, dice.below(4), dice.any()));
        if (dice.chance(70)) {
            add(new RegisterStep.Read(register));
        }
    }

    private void registerRead() {
        add(
                dice.chance(70)
                        ? new RegisterStep.Read(dice.below(REGISTERS))
                        : new RegisterStep.Offset(dice.any(), dice.below(2), dice.rarely(30)));
    }

    private void bypass() {
        add(new RegisterStep.Bypass(dice.any(), dice.of(0, 1, 2, 2)));
        uses(2);
        if (dice.chance(80)) {
            add(new RegisterStep.Enable(0, 4));
        }
    }

    private void interrupt() {
        add(new RegisterStep.Interrupts(dice.chance(60) ? 0 : dice.below(8), dice.any()));
        uses(1);
        add(new RegisterStep.TakeInterrupts());
    }

    private void queueMove() {
        add(new RegisterStep.MoveQueue(dice.below(3), dice.below(5), dice.any(), dice.rarely(30)));
        uses(1);
        add(new CommandStep.Sync(0, 0));
    }
}
