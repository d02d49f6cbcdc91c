package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.nestor.generators.scenario.Capabilities;
import org.nestor.generators.scenario.Capability;
import org.nestor.generators.structure.ContextDescriptors;
import org.nestor.generators.structure.StreamTableEntries;
import org.nestor.rule.RuleId;
import org.nestor.smmu.format.Line;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** What there is to choose from on an implementation, worked out once for all scenarios that are played on it. */
public final class Repertoire {
    private static final int WIDE_TAG = 0x100;

    /** How often ID registers are drawn that make other entries illegal or StreamIDs longer, for once that others are. */
    private static final int SHARES = 3;

    private final Capabilities capabilities;
    private final Geometry geometry;
    private final Variations variations;
    private final StreamTableEntries entries;
    private final ContextDescriptors descriptors;
    private final List<UnaryOperator<Line>> steBreaks;
    private final List<UnaryOperator<Line>> cdBreaks;
    private final List<Repertoire> others;
    private final boolean hasOwnBreaks;
    private final int[] asids;
    private final int[] vmids;

    /** Works out what there is on an implementation, and what there would be with other ID registers if it can have others. */
    public Repertoire(Capabilities capabilities) {
        this(capabilities, others(capabilities), Set.of());
    }

    /** @param usual rules that can be broken under the ID registers that most scenarios have */
    private Repertoire(Capabilities capabilities, List<Repertoire> others, Set<RuleId> usual) {
        this.capabilities = capabilities;
        this.others = others;
        this.geometry = new Geometry(capabilities.ids());
        this.variations = new Variations(capabilities.ids());
        this.entries = new StreamTableEntries(capabilities.ids());
        this.descriptors = new ContextDescriptors(capabilities.ids());
        this.steBreaks = biased(entries.breakable(), entries.breakingChanges(), usual);
        this.cdBreaks = biased(descriptors.breakable(), descriptors.breakingChanges(), usual);
        this.hasOwnBreaks = !usual.isEmpty()
                && !(usual.containsAll(entries.breakable()) && usual.containsAll(descriptors.breakable()));
        this.asids = tags(capabilities.ids().asid16());
        this.vmids = tags(capabilities.ids().vmid16());
    }

    private static List<Repertoire> others(Capabilities capabilities) {
        if (!capabilities.can(Capability.RESET_IDS)) {
            return List.of();
        }
        Set<RuleId> usual = new HashSet<>(new StreamTableEntries(capabilities.ids()).breakable());
        usual.addAll(new ContextDescriptors(capabilities.ids()).breakable());
        List<Repertoire> others = new ArrayList<>();
        for (IdRegisters ids : Identities.of(capabilities.ids())) {
            Repertoire other = new Repertoire(capabilities.with(ids), List.of(), usual);
            others.addAll(Collections.nCopies(other.isNotable(capabilities.ids()) ? SHARES : 1, other));
        }
        return List.copyOf(others);
    }

    private boolean isNotable(IdRegisters usual) {
        return hasOwnBreaks || capabilities.ids().sidSize() > usual.sidSize();
    }

    /** What only these ID registers make illegal counts as much as all the rest, since it is what they are drawn for. */
    private static List<UnaryOperator<Line>> biased(
            List<RuleId> rules, List<UnaryOperator<Line>> changes, Set<RuleId> usual) {
        List<UnaryOperator<Line>> own = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if (!usual.isEmpty() && !usual.contains(rules.get(i))) {
                own.add(changes.get(i));
            }
        }
        List<UnaryOperator<Line>> all = new ArrayList<>(changes);
        for (int i = 0; !own.isEmpty() && i < changes.size(); i++) {
            all.add(own.get(i % own.size()));
        }
        return List.copyOf(all);
    }

    /** This, or what there is with other ID registers; 0 is this. */
    Repertoire as(int identity) {
        return identity == 0 || others.isEmpty() ? this : others.get(identity % others.size());
    }

    /** The ID registers that a reset sets: all, where it can set them, since an earlier scenario may have set others. */
    Map<Register, Long> resetIds() {
        return capabilities.can(Capability.RESET_IDS) ? Identities.registers(capabilities.ids()) : Map.of();
    }

    /** Neighbours, and two that differ only above bit 7 where there are such bits. */
    private static int[] tags(boolean wide) {
        return wide ? new int[] {1, 2, 3, 1 | WIDE_TAG, 0} : new int[] {1, 2, 3, 0};
    }

    public Capabilities capabilities() {
        return capabilities;
    }

    Geometry geometry() {
        return geometry;
    }

    Variations variations() {
        return variations;
    }

    int asid(int choice) {
        return Bits.pick(choice, asids);
    }

    int vmid(int choice) {
        return capabilities.ids().s2p() ? Bits.pick(choice, vmids) : 0;
    }

    /** A legal STE with any values; its pointers lead anywhere. */
    Line anySte(int seed) {
        return entries.repaired(Bits.line(seed));
    }

    /** A legal CD with any values; its pointers lead anywhere. */
    Line anyCd(int seed) {
        return descriptors.repaired(Bits.line(seed));
    }

    /** The STE with one rule broken, if it is legal and the rule applies to it. */
    Line brokenSte(Line legal, int choice) {
        return broken(steBreaks, legal, choice);
    }

    /** The CD with one rule broken, if it is legal. */
    Line brokenCd(Line legal, int choice) {
        return broken(cdBreaks, legal, choice);
    }

    private static Line broken(List<UnaryOperator<Line>> breaks, Line legal, int choice) {
        return breaks.isEmpty() ? legal : breaks.get(choice % breaks.size()).apply(legal);
    }
}
