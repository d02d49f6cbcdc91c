package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nestor.memory.SparseMemory;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.tlb.CacheContents;
import org.nestor.smmu.tlb.CachePolicies;
import org.nestor.smmu.tlb.CachePolicy;
import org.nestor.smmu.tlb.CachedTranslator;
import org.nestor.smmu.tlb.CachingReader;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;
import org.nestor.smmu.tlb.InvalidationRules;
import org.nestor.smmu.tlb.TlbTags;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.GlobalConfiguration;
import org.nestor.smmu.walk.Stage1Entry;
import org.nestor.smmu.walk.Stage1Leaf;
import org.nestor.smmu.walk.Stage2Leaf;
import org.nestor.smmu.walk.TranslationFactory;
import org.nestor.smmu.walk.TranslationOutcome.Translated;
import org.nestor.tables.BumpAllocator;
import org.nestor.tables.Cd;
import org.nestor.tables.LinearCdTable;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.PageTable;
import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;
import org.nestor.tables.Ste;
import org.nestor.tables.TableSpace;

/**
 * One nested stream of the reference, of which one word of memory changes among a few values. Each value shows in what is cached from
 * it: a stage 1 or stage 2 descriptor in an output address, a CD in its MAIR and the attributes that come of it, an STE in the stage 2
 * table that it names.
 */
final class WatchedWorld {
    static final int STREAM = 0;
    static final int SUBSTREAM = 0;
    static final int VMID = 4;
    static final int ASID = 5;
    static final long ADDRESS = 0x1040_0000L;
    static final long IPA = 0x3000_0000L;
    static final List<String> VALUES = List.of("W0", "W1", "W2");

    private static final long PAGE = 4096;
    private static final long OUTPUT = 0x0C00_0000L;
    private static final int INPUT_BITS = 39;
    private static final List<Long> MAIRS = List.of(0xFFL, 0x44L, 0xBBL);

    private final WatchedWord word;
    private final boolean global;
    private final SparseMemory memory = SparseMemory.ram(0, 1L << 32);
    private final TableSpace space = TableSpace.physical(memory, new BumpAllocator(PAGE, 1L << 20));
    private final LinearStreamTable streams = new LinearStreamTable(space, 1);
    private final PageTable stage1 = PageTable.stage1(space, Granule.KB4, INPUT_BITS);
    private final LinearCdTable contexts = new LinearCdTable(space, 0);
    private final List<PageTable> roots = new ArrayList<>();
    private final Map<MemoryAttributes, String> valueOfAttributes = new HashMap<>();
    private final Map<MemoryAttributes, String> valueOfOutput = new HashMap<>();
    private final CachingReader reader;
    private final CachedTranslator translator;

    WatchedWorld(WatchedWord word, boolean global, CachePolicy policy, InvalidationRules rules) {
        this.word = word;
        this.global = global;
        for (int value = 0; value < VALUES.size(); value++) {
            roots.add(PageTable.stage2(space, Granule.KB4, INPUT_BITS, 1));
        }
        for (int value = 0; value < VALUES.size(); value++) {
            write(value);
        }
        for (int root = 0; root < roots.size(); root++) {
            mapGuest(roots.get(root), root);
        }
        write(0);
        stage1(0);
        this.reader = new CachingReader(memory, policy, new TlbTags(), rules, new ConfigurationInvalidationRules());
        this.translator = translator(reader, policy);
        learnAttributes(rules);
        write(0);
    }

    private CachedTranslator translator(CachingReader through, CachePolicy policy) {
        IdRegisters id = Profile.FULL.idRegisters();
        CachedTranslator made =
                new CachedTranslator(new TranslationFactory().assemble(id, through, RuleLog.NONE), through, policy);
        made.configure(new GlobalConfiguration(true, streams.strtabBase(), streams.strtabBaseCfg(), 0, false));
        return made;
    }

    /** Whatever the guest's tables and CD lie in, and the pages that it maps to, each root in another way. */
    private void mapGuest(PageTable root, int index) {
        for (long page = 0; page < space.allocator().next(); page += PAGE) {
            root.map(page, page, 3, Stage2Bits.READ_WRITE);
        }
        for (int page = 0; page < VALUES.size(); page++) {
            int to = word == WatchedWord.STE ? index : page;
            root.map(IPA + page * PAGE, OUTPUT + to * PAGE, 3, Stage2Bits.READ_WRITE);
        }
    }

    /** What each CD makes of a leaf, as a cache that is dropped again shows it. */
    private void learnAttributes(InvalidationRules rules) {
        for (int value = 0; word == WatchedWord.CD && value < VALUES.size(); value++) {
            write(value);
            CachePolicy all = CachePolicies.infinite();
            CachingReader fresh =
                    new CachingReader(memory, all, new TlbTags(), rules, new ConfigurationInvalidationRules());
            Translated translated = (Translated) translator(fresh, all).translate(Transaction.read(STREAM, ADDRESS));
            valueOfOutput.put(translated.attributes(), VALUES.get(value));
            valueOfAttributes.put(fresh.contents().stage1().get(0).leaf().attributes(), VALUES.get(value));
        }
    }

    /** Gives the watched word a value. */
    void write(int value) {
        streams.put(STREAM, ste(word == WatchedWord.STE ? value : 0));
        contexts.put(0, cd(word == WatchedWord.CD ? value : 0));
        stage1(word == WatchedWord.STAGE1 ? value : 0);
        if (word == WatchedWord.STAGE2) {
            roots.get(0).map(IPA, OUTPUT + value * PAGE, 3, Stage2Bits.READ_WRITE);
        }
    }

    private Ste ste(int root) {
        return Ste.nested(contexts, roots.get(root)).s2vmid(VMID);
    }

    private Cd cd(int value) {
        return Cd.of(stage1).asid(ASID).mair(MAIRS.get(value));
    }

    private void stage1(int value) {
        long bits = global ? Stage1Bits.READ_WRITE : Stage1Bits.READ_WRITE | Stage1Bits.NG;
        stage1.map(ADDRESS, IPA + value * PAGE, 3, bits);
    }

    /** What a DMA shows of the word. */
    String read() {
        Translated translated = (Translated) translator.translate(Transaction.read(STREAM, ADDRESS));
        return word == WatchedWord.CD
                ? valueOfOutput.get(translated.attributes())
                : page(translated.outputBase() - OUTPUT);
    }

    void publish(InvalidationCommand command) {
        translator.invalidate(command, 0);
    }

    void synchronise() {
        translator.synchronise();
    }

    List<InvalidationCommand> pending() {
        return translator.waiting();
    }

    /** For each entry of the module, the values of the word that are in it. */
    Map<WatchedEntry, Set<String>> holds() {
        CacheContents contents = reader.contents();
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
            if (roots.get(value).base() == base) {
                return VALUES.get(value);
            }
        }
        throw new IllegalArgumentException("no stage 2 table at 0x" + Long.toHexString(base));
    }

    /** The root of a table on the way to the IPA. */
    private String rootAbove(long table) {
        for (int value = 0; value < VALUES.size(); value++) {
            for (int level = 2; level <= 3; level++) {
                if ((roots.get(value).descriptorAddress(IPA, level) & -PAGE) == table) {
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
