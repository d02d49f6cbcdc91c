package org.nestor.properties.spec;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nestor.memory.SparseMemory;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.CacheContents;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Leaf;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.TranslationOutcome.Translated;

/** The stream of {@link WatchedTables} on the reference, and for each value where it shows in what is cached and in what a DMA does. */
final class WatchedWorld {
    private static final long IPA = WatchedTables.IPA;
    private static final long PAGE = WatchedTables.PAGE;
    private static final long OUTPUT = WatchedTables.OUTPUT;
    private static final List<String> VALUES = WatchedTables.VALUES;
    private static final List<Long> MAIRS = WatchedTables.MAIRS;

    private final WatchedWord word;
    private final SparseMemory memory = SparseMemory.ram(0, 1L << 32);
    private final WatchedTables tables;
    private final Map<MemoryAttributes, String> valueOfAttributes = new HashMap<>();
    private final Map<MemoryAttributes, String> valueOfOutput = new HashMap<>();
    private final CachedSmmu smmu;

    WatchedWorld(WatchedWord word, boolean global, CachePolicy policy, InvalidationRules rules) {
        this.word = word;
        this.tables = new WatchedTables(memory, word, global);
        this.smmu = CachedSmmu.of(memory, tables.streams(), policy, rules);
        learnAttributes(rules);
        write(0);
    }

    /** What each CD makes of a leaf, as a cache that is dropped again shows it. */
    private void learnAttributes(InvalidationRules rules) {
        for (int value = 0; word == WatchedWord.CD && value < VALUES.size(); value++) {
            write(value);
            CachedSmmu fresh = CachedSmmu.of(memory, tables.streams(), CachePolicies.infinite(), rules);
            Translated translated = (Translated)
                    fresh.translator().translate(Transaction.read(WatchedTables.STREAM, WatchedTables.ADDRESS));
            valueOfOutput.put(translated.attributes(), VALUES.get(value));
            valueOfAttributes.put(
                    fresh.reader().contents().stage1().get(0).leaf().attributes(), VALUES.get(value));
        }
    }

    /** Gives the watched word a value. */
    void write(int value) {
        tables.write(value);
    }

    /** What a DMA shows of the word. */
    String read() {
        Translated translated =
                (Translated) smmu.translator().translate(Transaction.read(WatchedTables.STREAM, WatchedTables.ADDRESS));
        return word == WatchedWord.CD
                ? valueOfOutput.get(translated.attributes())
                : page(translated.outputBase() - OUTPUT);
    }

    void publish(InvalidationCommand command) {
        smmu.translator().invalidate(command, 0);
    }

    void synchronise() {
        smmu.translator().synchronise();
    }

    List<InvalidationCommand> pending() {
        return smmu.translator().waiting();
    }

    /** For each entry of the module, the values of the word that are in it. */
    Map<WatchedEntry, Set<String>> holds() {
        CacheContents contents = smmu.reader().contents();
        Map<WatchedEntry, Set<String>> holds = new EnumMap<>(WatchedEntry.class);
        for (WatchedEntry entry : WatchedEntry.values()) {
            holds.put(entry, new HashSet<>());
        }
        if (word == WatchedWord.STE) {
            contents.streams()
                    .forEach(stream ->
                            holds.get(WatchedEntry.STE).add(root(stream.ste().s2ttb())));
        }
        if (word == WatchedWord.CD) {
            contents.contexts()
                    .forEach(context -> context.descriptor()
                            .ifPresent(cd -> holds.get(WatchedEntry.CD).add(VALUES.get(MAIRS.indexOf(cd.mair())))));
        }
        contents.stage2Pointers().stream()
                .filter(pointer ->
                        word == WatchedWord.STE && IPA >>> pointer.shift() == pointer.inputBase() >>> pointer.shift())
                .forEach(pointer -> holds.get(WatchedEntry.STAGE2_POINTER).add(rootAbove(pointer.table())));
        contents.stage1().forEach(entry -> add(holds, WatchedEntry.STAGE1, ofStage1(entry.leaf())));
        contents.stage2().stream()
                .filter(leaf -> leaf.inputBase() == IPA)
                .forEach(leaf -> add(holds, WatchedEntry.STAGE2, ofStage2(leaf)));
        contents.complete().forEach(entry -> {
            add(holds, WatchedEntry.COMBINED, ofStage1(entry.leaf()));
            add(holds, WatchedEntry.COMBINED, ofCombined(entry));
        });
        return holds;
    }

    private static void add(Map<WatchedEntry, Set<String>> holds, WatchedEntry entry, Optional<String> value) {
        value.ifPresent(holds.get(entry)::add);
    }

    private String root(long base) {
        for (int value = 0; value < VALUES.size(); value++) {
            if (tables.roots().get(value).base() == base) {
                return VALUES.get(value);
            }
        }
        throw new IllegalArgumentException("no stage 2 table at 0x" + Long.toHexString(base));
    }

    /** The root of a table on the way to the IPA. */
    private String rootAbove(long table) {
        for (int value = 0; value < VALUES.size(); value++) {
            for (int level = 2; level <= 3; level++) {
                if ((tables.roots().get(value).descriptorAddress(IPA, level) & -PAGE) == table) {
                    return VALUES.get(value);
                }
            }
        }
        throw new IllegalArgumentException("no stage 2 table at 0x" + Long.toHexString(table));
    }

    private Optional<String> ofStage1(Stage1Leaf leaf) {
        return switch (word) {
            case STAGE1 -> Optional.of(page(leaf.outputBase() - IPA));
            case CD -> Optional.of(valueOfAttributes.get(leaf.attributes()));
            default -> Optional.empty();
        };
    }

    private Optional<String> ofCombined(Stage1Entry entry) {
        return entry.stage2().flatMap(this::ofStage2);
    }

    private Optional<String> ofStage2(Stage2Leaf leaf) {
        return word == WatchedWord.STAGE2 || word == WatchedWord.STE
                ? Optional.of(page(leaf.outputBase() - OUTPUT))
                : Optional.empty();
    }

    private static String page(long offset) {
        return VALUES.get((int) (offset / PAGE));
    }
}
