package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.nestor.generators.nested.GuestDomain.Context;
import org.nestor.generators.nested.GuestDomain.Stage1;

/** What a guest has said so far, and so what its devices may see: the tables as they are, and what they were before an invalidation. */
final class GuestModel {
    private static final int PASID_FETCH = 1;
    private static final int BAD_PASID_ENTRY = 2;

    /**
     * A leaf of stage 1.
     *
     * @param size bytes of its page or block
     */
    record Leaf(long va, long ipa, long size) {
        boolean covers(long address) {
            return address >= va && address < va + size;
        }

        boolean overlaps(long first, long bytes) {
            return va < first + bytes && first < va + size;
        }
    }

    private record Stale(int asid, Leaf leaf) {}

    private final List<Map<Long, Leaf>> spaces;
    private final List<Stale> stale = new ArrayList<>();
    private final Map<Integer, Set<Integer>> spacesOfAsid = new HashMap<>();
    private final Map<Long, Long> stage2 = new HashMap<>();
    private final long page;
    private int space;
    private int asid = 1;

    GuestModel(int spaceCount, long page) {
        this.spaces = new ArrayList<>();
        for (int i = 0; i < spaceCount; i++) {
            spaces.add(new HashMap<>());
        }
        this.page = page;
        owners().add(space);
    }

    /** The address spaces that have run under the ASID since everything of it was invalidated. */
    private Set<Integer> owners() {
        return spacesOfAsid.computeIfAbsent(asid, any -> new HashSet<>());
    }

    int space() {
        return space;
    }

    int asid() {
        return asid;
    }

    /** Another address space runs, or the same under another ASID; what ran before may still be cached. */
    void run(int newSpace, int newAsid) {
        spaces.get(space).values().forEach(leaf -> stale.add(new Stale(asid, leaf)));
        space = newSpace;
        asid = newAsid;
        owners().add(space);
    }

    void map(int inSpace, Leaf leaf) {
        unmap(inSpace, leaf.va());
        spaces.get(inSpace).put(leaf.va(), leaf);
    }

    void unmap(int inSpace, long va) {
        Leaf old = spaces.get(inSpace).remove(va);
        if (old != null && inSpace == space) {
            stale.add(new Stale(asid, old));
        }
    }

    void invalidateAll() {
        stale.clear();
        spacesOfAsid.clear();
        owners().add(space);
    }

    void invalidateAsid(int which) {
        stale.removeIf(entry -> entry.asid() == which);
        spacesOfAsid.remove(which);
        owners().add(space);
    }

    void invalidateRange(int which, long first, long bytes) {
        stale.removeIf(entry -> entry.asid() == which && entry.leaf().overlaps(first, bytes));
    }

    void mapStage2(long ipa, long physical, long size) {
        for (long offset = 0; offset < size; offset += page) {
            stage2.put(ipa + offset, physical + offset);
        }
    }

    void unmapStage2(long ipa, long size) {
        for (long offset = 0; offset < size; offset += page) {
            stage2.remove(ipa + offset);
        }
    }

    OptionalLong stage2(long ipa) {
        Long physical = stage2.get(ipa & -page);
        return physical == null ? OptionalLong.empty() : OptionalLong.of(physical | ipa & page - 1);
    }

    boolean mapsStage2(long ipa) {
        return stage2.containsKey(ipa & -page);
    }

    boolean isMapped(int inSpace, long va) {
        return spaces.get(inSpace).containsKey(va);
    }

    /** As {@link #outcomes} for a write in a domain, which may reach a doorbell. Those are pages that can only be written. */
    Set<Outcome> writeOutcomes(GuestDomain domain, long va, long doorbell) {
        Map<Long, Long> reachable = new HashMap<>();
        domain.mapped().forEach(each -> reachable.put(each.gpa() & -page, doorbell & -page));
        stage2.putAll(reachable);
        Set<Outcome> outcomes = outcomes(domain.stage1(), va);
        stage2.keySet().removeAll(reachable.keySet());
        return outcomes;
    }

    /** Nothing is mapped at stage 2 any more, and what was cached of the guest is gone with its domains. */
    void leaveEverything() {
        stage2.clear();
        invalidateAll();
    }

    /** Whether stage 2 maps something there, which is what isolation allows. */
    boolean owns(long physical) {
        return stage2.containsValue(physical & -page);
    }

    /** Every way in which a DMA without a substream may end in a domain of that stage 1. */
    Set<Outcome> outcomes(Stage1 stage1, long va) {
        Set<Outcome> outcomes = new HashSet<>();
        switch (stage1.state()) {
            case ABORT -> outcomes.add(new Outcome.Silent());
            case NONE -> outcomes.add(throughStage2(va));
            case TRANSLATE -> throughStage1(stage1.context(), va, outcomes);
        }
        return outcomes;
    }

    private void throughStage1(Context context, long va, Set<Outcome> outcomes) {
        switch (context) {
            case VALID -> translated(va, outcomes);
            case UNSUPPORTED -> outcomes.add(new Outcome.ConfigurationFault(BAD_PASID_ENTRY));
            case MISSING -> {
                outcomes.add(new Outcome.ConfigurationFault(PASID_FETCH));
                outcomes.add(new Outcome.ConfigurationFault(BAD_PASID_ENTRY));
                outcomes.add(new Outcome.Stage2Fault());
            }
        }
    }

    private void translated(long va, Set<Outcome> outcomes) {
        if (owners().size() > 1) {
            outcomes.add(new Outcome.Anything());
        }
        boolean mapped = false;
        for (Leaf leaf : spaces.get(space).values()) {
            if (leaf.covers(va)) {
                mapped = true;
                outcomes.add(throughStage2(leaf.ipa() + va - leaf.va()));
            }
        }
        if (!mapped) {
            outcomes.add(new Outcome.Stage1Fault());
        }
        for (Stale entry : stale) {
            if (entry.asid() == asid && entry.leaf().covers(va)) {
                outcomes.add(
                        throughStage2(entry.leaf().ipa() + va - entry.leaf().va()));
            }
        }
    }

    private Outcome throughStage2(long ipa) {
        OptionalLong physical = stage2(ipa);
        return physical.isEmpty() ? new Outcome.Stage2Fault() : new Outcome.Reached(physical.getAsLong());
    }
}
