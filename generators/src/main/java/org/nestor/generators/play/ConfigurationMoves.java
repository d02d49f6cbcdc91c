package org.nestor.generators.play;

import java.util.Optional;
import org.nestor.generators.scenario.ConfigurationStep;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Layout;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;
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
    private static final int FORMS = 10;
    private static final int ORDERS = 4;
    private static final int SPANS = 32;
    private static final long SPAN = 0x1F;

    private final World world;

    ConfigurationMoves(World world) {
        this.world = world;
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
            default -> Bits.set(now, S2VMID, world.repertoire().vmid(operand));
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
            default -> otherTables(now, operand);
        };
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
