package org.nestor.properties.spec;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Leaf;
import org.nestor.smmu.walk.Stage1Pointer;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.Stage2Pointer;
import org.nestor.smmu.walk.TranslationOutcome.Translated;
import org.nestor.spec.table.Case;

/** What the Java's tags and invalidation rules say, in the words of smmu/tags. */
final class TagsPairing implements Pairing.Subject {
    static final String REMOVES = "{ e: Entry | anyRemoves }";
    static final String SERVES = "{ e: Entry | anyServes }";

    private static final Set<String> YES = Set.of("E");
    private static final long BLOCK = 0x4000_0000L;
    private static final int PAGE_SHIFT = 12;
    private static final int BLOCK_SHIFT = 21;
    private static final Translated ANYWHERE = new Translated(0, 0, MemoryAttributes.WRITE_BACK);

    private final InvalidationRules rules;
    private final ConfigurationInvalidationRules configuration = new ConfigurationInvalidationRules();
    private final TlbTags tags = new TlbTags();

    TagsPairing(InvalidationRules rules) {
        this.rules = rules;
    }

    @Override
    public Map<String, Set<String>> answers(Case instance) {
        Map<String, String> fields = new HashMap<>();
        instance.forEach((choice, value) -> fields.put(choice.field(), value));
        Map<String, Set<String>> answers = new HashMap<>();
        answers.put(REMOVES, removes(fields) ? YES : Set.of());
        serves(fields).ifPresent(serves -> answers.put(SERVES, serves ? YES : Set.of()));
        return answers;
    }

    /** Whether the command removes the entry. */
    boolean removes(Map<String, String> fields) {
        InvalidationCommand command = command(fields);
        return switch (fields.get("kind")) {
            case "Ste" -> configuration.removesStream(command, number(fields, "stream"));
            case "Cd" -> configuration.removesContext(command, number(fields, "stream"), number(fields, "substream"));
            case "Leaf1" -> rules.removes(command, leaf(fields, Optional.empty()), 0);
            case "CombinedLeaf" -> rules.removes(command, leaf(fields, Optional.of(stage2(fields))), 0);
            case "Pointer1" -> rules.removes(command, pointer(fields, Optional.empty()), 0);
            case "CombinedPointer" -> rules.removes(command, pointer(fields, Optional.of(stage2(fields))), 0);
            case "Leaf2" -> rules.removes(command, stage2(fields), 0);
            default ->
                rules.removes(command, new Stage2Pointer(number(fields, "vmid"), base(fields), shift(fields), 3, 0), 0);
        };
    }

    /** Whether the entry serves the look-up. The StreamID alone decides about configuration; a stage 2 look-up is always one of NS-EL1. */
    Optional<Boolean> serves(Map<String, String> fields) {
        boolean covered = fields.get("covers").contains(fields.get("at"));
        long wanted = tags.of(tag(fields, "from", "ofVmid", "ofAsid", "ofAset"));
        return switch (fields.get("kind")) {
            case "Ste", "Cd" -> Optional.empty();
            case "Leaf1", "CombinedLeaf" -> leafServes(fields, covered, wanted);
            case "Leaf2", "Pointer2" ->
                fields.get("from").equals("NsEl1")
                        ? Optional.of(covered && number(fields, "vmid") == number(fields, "ofVmid"))
                        : Optional.empty();
            default -> {
                Stage1Pointer pointer = pointer(fields, Optional.empty());
                yield Optional.of(covered && ((tags.of(pointer.tag()) ^ wanted) & tags.mask(pointer)) == 0);
            }
        };
    }

    /** The Java tells global EL2 entries apart by ASET, more finely than it has to (C-TLB-12). */
    private Optional<Boolean> leafServes(Map<String, String> fields, boolean covered, long wanted) {
        Stage1Entry entry = leaf(fields, Optional.empty());
        boolean finer =
                entry.tag().world() == StreamWorld.EL2 && !fields.get("aset").equals(fields.get("ofAset"));
        return finer
                ? Optional.empty()
                : Optional.of(covered && ((tags.of(entry.tag()) ^ wanted) & tags.mask(entry)) == 0);
    }

    private static InvalidationCommand command(Map<String, String> fields) {
        int vmid = number(fields, "onVmid");
        int asid = number(fields, "onAsid");
        int stream = number(fields, "onStream");
        boolean leaf = !fields.get("leafOnly").isEmpty();
        Extent extent = new Extent(address(fields.get("onPage")), leaf, Optional.empty());
        return switch (fields.get("opcode")) {
            case "CfgiSte" -> new InvalidationCommand.CfgiSte(stream, leaf);
            case "CfgiCd" -> new InvalidationCommand.CfgiCd(stream, number(fields, "onSubstream"), leaf);
            case "CfgiCdAll" -> new InvalidationCommand.CfgiCdAll(stream);
            case "CfgiAll" -> new InvalidationCommand.CfgiSteRange(stream, 31);
            case "NhVa" -> new InvalidationCommand.TlbiNhVa(vmid, asid, extent);
            case "NhVaa" -> new InvalidationCommand.TlbiNhVaa(vmid, extent);
            case "NhAsid" -> new InvalidationCommand.TlbiNhAsid(vmid, asid);
            case "NhAll" -> new InvalidationCommand.TlbiNhAll(vmid);
            case "S2Ipa" -> new InvalidationCommand.TlbiS2Ipa(vmid, extent);
            case "S12Vmall" -> new InvalidationCommand.TlbiS12Vmall(vmid);
            case "NsnhAll" -> new InvalidationCommand.TlbiNsnhAll();
            case "El2Va" -> new InvalidationCommand.TlbiEl2Va(asid, extent);
            case "El2Vaa" -> new InvalidationCommand.TlbiEl2Vaa(extent);
            case "El2Asid" -> new InvalidationCommand.TlbiEl2Asid(asid);
            case "El2All" -> new InvalidationCommand.TlbiEl2All();
            default -> throw new IllegalArgumentException(fields.get("opcode"));
        };
    }

    private static Stage1Tag tag(Map<String, String> fields, String world, String vmid, String asid, String aset) {
        StreamWorld from = switch (fields.get(world)) {
            case "El2" -> StreamWorld.EL2;
            case "El2E2h" -> StreamWorld.EL2_E2H;
            default -> StreamWorld.NS_EL1;
        };
        return new Stage1Tag(
                from,
                from.usesVmid() ? number(fields, vmid) : 0,
                from.usesAsid() ? number(fields, asid) : 0,
                !fields.get(aset).isEmpty(),
                false);
    }

    private static Stage1Tag tag(Map<String, String> fields) {
        return tag(fields, "world", "vmid", "asid", "aset");
    }

    private static Stage1Entry leaf(Map<String, String> fields, Optional<Stage2Leaf> stage2) {
        Stage1Leaf leaf = new Stage1Leaf(
                base(fields),
                shift(fields),
                3,
                0,
                0,
                MemoryAttributes.WRITE_BACK,
                !fields.get("global").isEmpty(),
                false);
        return new Stage1Entry(tag(fields), leaf, stage2, base(fields), shift(fields), 0, false, ANYWHERE);
    }

    private static Stage1Pointer pointer(Map<String, String> fields, Optional<Stage2Leaf> through) {
        return new Stage1Pointer(tag(fields), base(fields), shift(fields), 3, 0, 0, through);
    }

    private static Stage2Leaf stage2(Map<String, String> fields) {
        return new Stage2Leaf(number(fields, "vmid"), base(fields), shift(fields), 3, 0, 0, 0, 0, false);
    }

    /** One page, or the block of both. */
    private static int shift(Map<String, String> fields) {
        return fields.get("covers").contains("+") ? BLOCK_SHIFT : PAGE_SHIFT;
    }

    private static long base(Map<String, String> fields) {
        return fields.get("covers").contains("+") ? BLOCK : address(fields.get("covers"));
    }

    private static long address(String page) {
        return page.equals("P0") ? BLOCK : BLOCK | 1L << PAGE_SHIFT;
    }

    /** Atoms are a letter and a number; tags are their numbers and one, so that none is 0. */
    private static int number(Map<String, String> fields, String name) {
        return 1 + Integer.parseInt(fields.get(name).substring(1));
    }
}
