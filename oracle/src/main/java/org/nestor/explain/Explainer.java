package org.nestor.explain;

import java.util.List;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.format.L1ContextDescriptor;
import org.nestor.smmu.format.L1StreamTableDescriptor;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.PriQueueEntry;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;

/** Explains structures, queue entries and registers under the ID registers of a profile. */
public final class Explainer {

    private final IdRegisters id;
    private final String under;

    public Explainer(Profile profile) {
        this.id = profile.idRegisters();
        this.under = " under profile " + profile.label();
    }

    /** An STE of eight doublewords. */
    public Explanation ste(List<String> hex) throws MalformedInputException {
        long[] words = HexInput.doublewords("an STE", Line.DOUBLEWORDS, hex);
        return new SteExplainer(id).explain(new StreamTableEntry(Line.of(i -> words[i])), "STE" + under);
    }

    /** A CD of eight doublewords, of a stage 1 only stream of that world. */
    public Explanation cd(List<String> hex, StreamWorld world) throws MalformedInputException {
        long[] words = HexInput.doublewords("a CD", Line.DOUBLEWORDS, hex);
        return new CdExplainer(id, world).explain(new ContextDescriptor(Line.of(i -> words[i])), "CD" + under);
    }

    public Explanation l1std(List<String> hex) throws MalformedInputException {
        long raw = HexInput.doublewords("an L1STD", 1, hex)[0];
        return new L1Explainer(id).explain(new L1StreamTableDescriptor(raw), "L1STD" + under);
    }

    public Explanation l1cd(List<String> hex) throws MalformedInputException {
        long raw = HexInput.doublewords("an L1CD", 1, hex)[0];
        return new L1Explainer(id).explain(new L1ContextDescriptor(raw), "L1CD" + under);
    }

    /**
     * A stage 1 or stage 2 descriptor of a table at that level.
     *
     * @throws MalformedInputException also if the granule has no such level
     */
    public Explanation descriptor(boolean stage1, List<String> hex, Granule granule, int level)
            throws MalformedInputException {
        int top = granule == Granule.KB64 ? 1 : 0;
        if (level < top || level > 3) {
            throw new MalformedInputException(
                    "found level %d: expected %d to 3 for this granule".formatted(level, top));
        }
        String what = "stage " + (stage1 ? 1 : 2) + " descriptor";
        long raw = HexInput.doublewords("a " + what, 1, hex)[0];
        String title = "%s, level %d, %d KiB granule%s".formatted(what, level, 1 << granule.shift() - 10, under);
        return new DescriptorExplainer(id, stage1, granule, level).explain(raw, title);
    }

    public Explanation command(List<String> hex) throws MalformedInputException {
        long[] words = HexInput.doublewords("a command", 2, hex);
        return new CommandExplainer(id).explain(new CommandRecord(words[0], words[1]), "command" + under);
    }

    public Explanation event(List<String> hex) throws MalformedInputException {
        long[] words = HexInput.doublewords("an event record", 4, hex);
        return EventExplainer.explain(new EventRecord(words[0], words[1], words[2], words[3]), "event record");
    }

    public Explanation pri(List<String> hex) throws MalformedInputException {
        long[] words = HexInput.doublewords("a PRI queue entry", 2, hex);
        return new PriExplainer(id).explain(new PriQueueEntry(words[0], words[1]), "PRI queue entry" + under);
    }

    /**
     * A register value: {@code NAME VALUE}.
     *
     * @throws MalformedInputException if there is no such register or the value does not fit it
     */
    public Explanation register(List<String> nameAndValue) throws MalformedInputException {
        if (nameAndValue.size() != 2) {
            throw new MalformedInputException(
                    "found %d words: expected a register name and a value".formatted(nameAndValue.size()));
        }
        String name = nameAndValue.get(0);
        Register register = Register.named(name)
                .orElseThrow(() -> new MalformedInputException(
                        "found register '" + name + "': expected a name like CR0 or STRTAB_BASE_CFG"));
        long value = HexInput.number(nameAndValue.get(1));
        if (register.width() < Long.SIZE && value >>> register.width() != 0) {
            throw new MalformedInputException(
                    "found 0x%x: expected at most %d bits for %s".formatted(value, register.width(), register));
        }
        return new RegisterExplainer(id).explain(register, value, "register " + register + under);
    }
}
