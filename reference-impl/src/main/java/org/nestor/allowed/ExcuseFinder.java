package org.nestor.allowed;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nestor.allowed.Excuse.Scope;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.TableGeometry;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.transaction.Transaction;

/** Collects, over the runs of an attempt, what software did that leaves the outcome open. */
final class ExcuseFinder {
    private static final RuleId BREAK_BEFORE_MAKE = RuleId.of("C-BBM-01");
    private static final RuleId CONTIGUOUS = RuleId.of("C-TLB-14");
    private static final RuleId TAG_REUSED = RuleId.of("C-KEY-03");
    private static final RuleId STAGES_MIXED = RuleId.of("C-KEY-02");
    private static final RuleId NEIGHBOUR_SERVES = RuleId.of("C-CFG-09");
    private static final long CONTIGUOUS_BIT = 1L << 52;

    /** Access flag, access permissions, DBM, execute-never and software bits: what may change while a descriptor is valid. */
    private static final long CHANGEABLE = 1L << 10 | 3L << 6 | 1L << 51 | 3L << 53 | 0xFL << 55;

    private static final Map<Granule, Integer> CONTIGUOUS_PAGES =
            new EnumMap<>(Map.of(Granule.KB4, 4, Granule.KB16, 7, Granule.KB64, 5));
    private static final int CONTIGUOUS_BLOCKS_16K = 5;
    private static final int LAST_LEVEL = 3;

    private final MemoryHistory memory;
    private final Map<Long, Long> first = new HashMap<>();
    private final Set<Long> looked = new HashSet<>();
    private final Set<Excuse> excuses = new LinkedHashSet<>();

    ExcuseFinder(MemoryHistory memory) {
        this.memory = memory;
    }

    /** The excuses found, each once. */
    Set<Excuse> found() {
        return excuses;
    }

    /** A run that is possible. */
    void look(RunTrace run, Transaction transaction) {
        for (Stage1Trace walk : run.walks()) {
            TableGeometry geometry = walk.geometry();
            look(walk.words(), geometry, walk.entry().isPresent());
        }
        for (IpaTrace walk : run.ipas()) {
            look(walk.words(), walk.regime().geometry(), walk.hasLeaf());
        }
        run.tag().ifPresent(tag -> reused(run.contexts(), tag, transaction));
        if (run.ipas().stream().anyMatch(walk -> ofAnother(walk, transaction))) {
            excuses.add(new Excuse(TAG_REUSED, Scope.ANYTHING));
        }
    }

    private void look(List<Word> words, TableGeometry geometry, boolean leaf) {
        for (int i = 0; i < words.size(); i++) {
            changed(words.get(i), geometry);
            if (leaf && i == words.size() - 1 && looked.add(words.get(i).address())) {
                contiguous(words.get(i), geometry, geometry.startLevel() + i);
            }
        }
    }

    /** Two valid descriptors in one place, of which either may be in use. */
    @Rule("C-BBM-01")
    @Rule("C-BBM-02")
    @Rule("C-TLB-13")
    private void changed(Word word, TableGeometry geometry) {
        long raw = raw(word.value(), geometry);
        Long other = first.putIfAbsent(word.address(), raw);
        if (other == null || (other & raw & 1) == 0 || ((other ^ raw) & ~CHANGEABLE) == 0) {
            return;
        }
        boolean sameSize = (other & 0b11) == (raw & 0b11) && ((other ^ raw) & CONTIGUOUS_BIT) == 0;
        excuses.add(new Excuse(BREAK_BEFORE_MAKE, sameSize ? Scope.CONFLICT : Scope.ANYTHING));
    }

    private static long raw(long value, TableGeometry geometry) {
        return geometry.bigEndian() ? Long.reverseBytes(value) : value;
    }

    /** A group with the Contiguous bit somewhere, whose members do not all fit together or did not always. */
    @Rule("C-TLB-14")
    @Rule("C-TLB-11")
    private void contiguous(Word leaf, TableGeometry geometry, int level) {
        int log2 = log2Members(geometry.granule(), level);
        long group = leaf.address() & -8L << log2;
        long own = raw(leaf.value(), geometry);
        int ownIndex = (int) (leaf.address() - group >>> 3);
        int shift = geometry.granule().coverage(level);
        boolean marked = (own & CONTIGUOUS_BIT) != 0;
        boolean fitting = true;
        for (int i = 0; i < 1 << log2; i++) {
            long address = group + 8L * i;
            long value = raw(memory.now().read64(address), geometry);
            marked |= (value & 1) != 0 && (value & CONTIGUOUS_BIT) != 0;
            fitting &= value == own + ((long) (i - ownIndex) << shift) && memory.versions(address) == null;
        }
        if (marked && !fitting) {
            excuses.add(new Excuse(CONTIGUOUS, Scope.ANYTHING));
        }
    }

    private static int log2Members(Granule granule, int level) {
        return granule == Granule.KB16 && level < LAST_LEVEL
                ? CONTIGUOUS_BLOCKS_16K
                : Optional.ofNullable(CONTIGUOUS_PAGES.get(granule)).orElseThrow();
    }

    /** Another context that translates differently under the same tag. */
    @Rule("C-KEY-03")
    private void reused(List<List<ContextSource>> contexts, Stage1Tag tag, Transaction transaction) {
        for (List<ContextSource> alike : contexts) {
            Stage1Tag other =
                    alike.get(0).configuration().stage1().orElseThrow().tag();
            boolean own = alike.stream().anyMatch(source -> source.sameContext(transaction));
            if (!own && other.asid() == tag.asid()) {
                excuses.add(new Excuse(TAG_REUSED, Scope.ANYTHING));
            }
        }
    }

    /** A VMID that is in use by several streams with different stage 2 tables. */
    private static boolean ofAnother(IpaTrace walk, Transaction transaction) {
        return !walk.source().isEmpty()
                && walk.source().stream()
                        .noneMatch(source -> source.transaction().streamId() == transaction.streamId());
    }

    /** One VMID is in use with stage 2 and without. */
    @Rule("C-KEY-02")
    void stagesMixed() {
        excuses.add(new Excuse(STAGES_MIXED, Scope.ANYTHING));
    }

    /** The STE of a neighbour may serve the stream. */
    @Rule("C-CFG-09")
    void neighbourServes() {
        excuses.add(new Excuse(NEIGHBOUR_SERVES, Scope.ANYTHING));
    }
}
