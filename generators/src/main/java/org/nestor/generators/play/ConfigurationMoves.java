package org.nestor.generators.play;

import java.util.Optional;
import org.nestor.generators.scenario.ConfigurationStep;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Layout;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.tables.Cd;

/** Changes of STEs, CDs and the descriptors above them. */
final class ConfigurationMoves {
    private static final Field STE_V = StreamTableEntry.LAYOUT.field("V");
    private static final Field S2VMID = StreamTableEntry.LAYOUT.field("S2VMID");
    private static final Field S1_CONTEXT_PTR = StreamTableEntry.LAYOUT.field("S1ContextPtr");
    private static final Field S2TTB = StreamTableEntry.LAYOUT.field("S2TTB");
    private static final Field CD_V = ContextDescriptor.LAYOUT.field("V");
    private static final Field ASID = ContextDescriptor.LAYOUT.field("ASID");
    private static final Field TTB0 = ContextDescriptor.LAYOUT.field("TTB0");
    private static final Field TTB1 = ContextDescriptor.LAYOUT.field("TTB1");
    private static final Field S2S = StreamTableEntry.LAYOUT.field("S2S");
    private static final Field S2R = StreamTableEntry.LAYOUT.field("S2R");
    private static final Field S2PTW = StreamTableEntry.LAYOUT.field("S2PTW");
    private static final Field TBI0 = ContextDescriptor.LAYOUT.field("TBI0");
    private static final Field TBI1 = ContextDescriptor.LAYOUT.field("TBI1");
    private static final Field S2HA = StreamTableEntry.LAYOUT.field("S2HA");
    private static final Field S2HD = StreamTableEntry.LAYOUT.field("S2HD");
    private static final Field S = ContextDescriptor.LAYOUT.field("S");
    private static final Field A = ContextDescriptor.LAYOUT.field("A");
    private static final Field R = ContextDescriptor.LAYOUT.field("R");
    private static final Field HA = ContextDescriptor.LAYOUT.field("HA");
    private static final Field HD = ContextDescriptor.LAYOUT.field("HD");
    private static final int FORMS = 13;
    private static final int ORDERS = 4;
    private static final int SPANS = 32;
    private static final long SPAN = 0x1F;

    private final World world;
    private final IdRegisters ids;

    ConfigurationMoves(World world) {
        this.world = world;
        this.ids = world.capabilities().ids();
    }

    void play(ConfigurationStep step) {
        Stream stream = world.scene().stream(step.operands()[0]);
        if (step instanceof ConfigurationStep.WriteSte write) {
            Line now = world.memory().line(stream.steAddress());
            Line line = ste(stream, now, write.form() % FORMS, write.operand());
            store(stream.steAddress(), now, line, write.order());
            world.changed(new Change.StreamEntry(stream, false));
        } else if (step instanceof ConfigurationStep.WriteCd write) {
            stream.stage1().ifPresent(one -> writeCd(stream, one, write));
        } else if (step instanceof ConfigurationStep.WriteL1Std write) {
            stream.l1Address().ifPresent(address -> writeL1Std(stream, address, write));
        } else if (step instanceof ConfigurationStep.WriteL1Cd write) {
            stream.stage1().ifPresent(one -> writeL1Cd(stream, one.substream(write.substream()), write));
        }
    }

    private Line ste(Stream stream, Line now, int form, int operand) {
        Line home = stream.ste().line();
        return switch (form) {
            case 0 -> home;
            case 1 -> world.repertoire().variations().ste(now, operand + 1);
            case 2, 9 ->
                world.stes().make(operand, operand / 5, operand / 25).ste().line();
            case 3 -> Bits.set(now, STE_V, 0);
            case 4 -> world.repertoire().brokenSte(home, operand);
            case 5 -> pointed(world.repertoire().anySte(operand), home, operand);
            case 6 -> now.with(operand % Line.DOUBLEWORDS, Bits.mix(operand));
            case 7 -> Bits.invert(now, operand);
            case 8 -> Bits.set(now, S2VMID, world.repertoire().vmid(operand));
            case 10 -> set(now, operand, ids.stallModel() == 0 ? S2S : S2R, S2R);
            case 11 -> ids.httu() == 0 ? now : set(now, operand, S2HA, ids.httu() == 2 ? S2HD : S2HA);
            default -> Bits.set(now, S2PTW, 1);
        };
    }

    /** Mostly with pointers to real tables. */
    private static Line pointed(Line any, Line home, int operand) {
        if (operand % 4 == 3) {
            return any;
        }
        Line line = Bits.set(any, S1_CONTEXT_PTR, S1_CONTEXT_PTR.extract(home.dw0()));
        return Bits.set(line, S2TTB, S2TTB.extract(home.dw3()));
    }

    private void writeCd(Stream stream, Stage1 tables, ConfigurationStep.WriteCd write) {
        Stage1.Substream substream = tables.substream(write.substream());
        Line now = world.memory().line(substream.address());
        Line line = cd(substream.cd(), now, write.form() % FORMS, write.operand());
        store(substream.address(), now, line, write.order());
        world.changed(new Change.Context(stream, substream, false));
    }

    private Line cd(Cd cd, Line now, int form, int operand) {
        Line home = cd.line();
        return switch (form) {
            case 0 -> home;
            case 1 -> world.repertoire().variations().cd(now, operand + 1);
            case 2 -> anyField(now, ContextDescriptor.LAYOUT, operand);
            case 3 -> Bits.set(now, CD_V, 0);
            case 4 -> world.repertoire().brokenCd(home, operand);
            case 5 -> withTables(world.repertoire().anyCd(operand), home, operand);
            case 6 -> now.with(operand % Line.DOUBLEWORDS, Bits.mix(operand));
            case 7 -> Bits.invert(now, operand);
            case 8 -> Bits.set(now, ASID, world.repertoire().asid(operand));
            case 9 -> otherTables(now, operand);
            case 10 -> set(now, operand, ids.stallModel() == 0 ? S : R, A, R);
            case 11 -> ids.httu() == 0 ? now : set(now, operand, HA, ids.httu() == 2 ? HD : HA);
            default -> set(now, operand, TBI0, TBI1);
        };
    }

    /** Sets the fields, but for those that a bit of the number leaves out. */
    private static Line set(Line now, int without, Field... fields) {
        Line line = now;
        for (int i = 0; i < fields.length; i++) {
            if ((without >>> i & 1) == 0) {
                line = Bits.set(line, fields[i], 1);
            }
        }
        return line;
    }

    private static Line anyField(Line now, Layout layout, int operand) {
        Field field = layout.fields().get(operand % layout.fields().size());
        return Bits.set(now, field, operand / layout.fields().size());
    }

    private static Line withTables(Line any, Line home, int operand) {
        if (operand % 4 == 3) {
            return any;
        }
        Line line = Bits.set(any, TTB0, TTB0.extract(home.dw1()));
        return Bits.set(line, TTB1, TTB1.extract(home.dw2()));
    }

    /** The tables of another stage 1 plan, with the ASID kept. */
    private Line otherTables(Line now, int operand) {
        Stage1 other =
                world.scene().stage1().get(operand % world.scene().stage1().size());
        return Bits.set(other.substream(0).cd().line(), ASID, ASID.extract(now.dw0()));
    }

    /** Writes what differs: whole, or doubleword by doubleword upwards, downwards, or only the first half of them. */
    private void store(long address, Line now, Line line, int order) {
        if (order % ORDERS == 0) {
            world.memory().write(address, line);
            return;
        }
        int words = order % ORDERS == 3 ? Line.DOUBLEWORDS / 2 : Line.DOUBLEWORDS;
        for (int i = 0; i < words; i++) {
            int word = order % ORDERS == 2 ? Line.DOUBLEWORDS - 1 - i : i;
            if (now.doubleword(word) != line.doubleword(word)) {
                world.memory().write64(address + (long) Long.BYTES * word, line.doubleword(word));
            }
        }
    }

    private void writeL1Std(Stream stream, long address, ConfigurationStep.WriteL1Std write) {
        long home = world.l1Home(address);
        long span = write.operand() % SPANS;
        long descriptor = switch (write.form() % 5) {
            case 0 -> home;
            case 1 -> 0;
            case 2 -> home & ~SPAN | span;
            case 3 -> world.arena().hole() | home & SPAN;
            default -> home ^ 1L << write.operand() % Long.SIZE;
        };
        world.memory().write64(address, descriptor);
        world.changed(new Change.StreamEntry(stream, true));
    }

    private void writeL1Cd(Stream stream, Stage1.Substream substream, ConfigurationStep.WriteL1Cd write) {
        Optional<Long> l1 = substream.l1Address();
        if (l1.isEmpty()) {
            return;
        }
        long home = world.l1Home(l1.get());
        long descriptor = switch (write.form() % 4) {
            case 0 -> home;
            case 1 -> home & ~1L;
            case 2 -> world.arena().hole() | 1;
            default -> home ^ 1L << write.operand() % Long.SIZE;
        };
        world.memory().write64(l1.get(), descriptor);
        world.changed(new Change.Context(stream, substream, true));
    }
}
