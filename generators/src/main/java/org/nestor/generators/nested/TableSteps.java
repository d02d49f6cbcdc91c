package org.nestor.generators.nested;

import org.nestor.iommu.CacheInvalidateInfo;
import org.nestor.smmu.format.Granule;

/** The steps of a guest that change its configuration, its tables and its memory. */
final class TableSteps {
    private static final int EINVAL = -22;
    private static final int EEXIST = -17;
    private static final int ASIDS = 3;
    private static final long SMALL = 1 << 12;
    private static final long MEDIUM = 1 << 14;

    private final NestedWorld world;

    TableSteps(NestedWorld world) {
        this.world = world;
    }

    void mapStage1(Guest guest, int slot, int target) {
        int space = guest.model().space();
        unmapStage1(guest, slot);
        GuestModel.Leaf leaf = guest.layout().leaf(space, slot, target);
        guest.layout().map(space, leaf);
        guest.model().map(space, leaf);
    }

    void unmapStage1(Guest guest, int slot) {
        int space = guest.model().space();
        GuestModel.Leaf place = guest.layout().leaf(space, slot, 0);
        if (guest.model().isMapped(space, place.va())) {
            guest.layout().unmap(space, place);
            guest.model().unmap(space, place.va());
        }
    }

    void invalidate(Guest guest, int form, int slot) {
        GuestModel model = guest.model();
        int space = model.space();
        long asid = model.asid();
        long va = guest.layout().va(space, slot);
        long leaf = guest.layout().size(space, slot);
        switch (form % 8) {
            case 0 -> send(guest, CacheInvalidateInfo.domain(), model::invalidateAll);
            case 1 ->
                send(
                        guest,
                        new CacheInvalidateInfo(
                                1, CacheInvalidateInfo.IOTLB, CacheInvalidateInfo.ADDR, 0, 0, 0, va, 0, 0),
                        model::invalidateAll);
            case 2 -> send(guest, CacheInvalidateInfo.asid(asid), () -> model.invalidateAsid((int) asid));
            case 3 -> {
                int other = 1 + slot % ASIDS;
                send(guest, CacheInvalidateInfo.asid(other), () -> model.invalidateAsid(other));
            }
            case 4 ->
                send(
                        guest,
                        CacheInvalidateInfo.range(asid, va, leaf, 1, slot % 2 == 0),
                        () -> model.invalidateRange((int) asid, va, leaf));
            case 5 ->
                send(
                        guest,
                        CacheInvalidateInfo.range(asid, va + leaf / 2, leaf, 1, false),
                        () -> model.invalidateRange((int) asid, va, 2 * leaf));
            case 6 -> foreignGranule(guest, (int) asid);
            default -> {
                long inside = leaf > 1 << 20 ? va + 3 * SMALL : va;
                long granule = space == 1 ? leaf : SMALL;
                send(guest, CacheInvalidateInfo.range(asid, inside, granule, 1, false), () -> {
                    model.invalidateRange((int) asid, inside, granule);
                    forgetBeside(guest, va, leaf);
                });
            }
        }
    }

    /** An endpoint keeps pages: those of a block beside the page that was asked for are the guest's to ask for as well. */
    private void forgetBeside(Guest guest, long va, long leaf) {
        for (GuestDevice device : world.devicesOf(guest)) {
            device.cache().keySet().removeIf(page -> page >= va && page < va + leaf);
        }
    }

    /** Four granules of 16 KiB over the pages of 4 KiB: they are covered only where one step after the other is taken. */
    private void foreignGranule(Guest guest, int asid) {
        long first = guest.layout().va(guest.model().space(), 0);
        boolean covered = world.setup().granule() == Granule.KB4
                && guest.domains().stream()
                        .noneMatch(domain -> world.kind(domain).ranges());
        send(guest, CacheInvalidateInfo.range(asid, first, MEDIUM, 4, false), () -> {
            if (covered) {
                guest.model().invalidateRange(asid, first, 4 * MEDIUM);
            }
        });
    }

    void oddInvalidate(Guest guest, int form) {
        long asid = guest.model().asid();
        CacheInvalidateInfo info = switch (form % 13) {
            case 0 -> CacheInvalidateInfo.asid(0x8000_0000L | asid);
            case 1 -> CacheInvalidateInfo.asid(0x1_0000L | asid);
            case 2 -> CacheInvalidateInfo.range(0x8000_0000L | asid, 0, SMALL, 1, false);
            case 3 -> CacheInvalidateInfo.range(asid, 0, 0, 1, false);
            case 4 -> CacheInvalidateInfo.range(asid, 0, SMALL, 0, false);
            case 5 -> CacheInvalidateInfo.range(asid, 0, 2 * SMALL, 1, false);
            case 6 -> CacheInvalidateInfo.range(asid, 0, 3 * SMALL, 1, false);
            case 7 -> CacheInvalidateInfo.range(asid, 0, SMALL, 1L << 52, false);
            case 8 -> CacheInvalidateInfo.asid(0x100L | asid);
            // The sizes of blocks, of which an SMMU may have one and not another.
            case 9 -> CacheInvalidateInfo.range(asid, 0, 1L << 25, 1, false);
            case 10 -> CacheInvalidateInfo.range(asid, 0, 1L << 29, 1, false);
            case 11 -> CacheInvalidateInfo.range(asid, 0, 1L << 42, 1, false);
            default -> CacheInvalidateInfo.range(asid, 0, 1L << 39, 1, false);
        };
        send(guest, info, () -> {});
    }

    /**
     * Sends a request. If an SMMU refuses it, that is what the caller is told, and whether the others have carried it out is open, so
     * nothing is taken to be gone.
     */
    private void send(Guest guest, CacheInvalidateInfo info, Runnable effect) {
        boolean taken = guest.domains().stream().allMatch(domain -> takes(world.kind(domain), info));
        world.invalidating(
                guest,
                () -> NestedWorld.expect(
                        taken ? 0 : EINVAL,
                        Requests.invalidate(guest.container(), info.toBytes()),
                        "CACHE_INVALIDATE " + info));
        if (taken) {
            effect.run();
        }
    }

    /** Whether an SMMU can have made entries of that granule under that ASID, and the range has a size. */
    private static boolean takes(SmmuKind smmu, CacheInvalidateInfo info) {
        if (info.granularity() == CacheInvalidateInfo.DOMAIN || !info.has(CacheInvalidateInfo.FLAG_ARCHID)) {
            return true;
        }
        boolean sized = info.granules() > 0 && Math.multiplyHigh(info.granuleSize(), info.granules()) == 0;
        return smmu.isAsid(info.archid())
                && (info.granularity() == CacheInvalidateInfo.PASID || sized && smmu.isLeafSize(info.granuleSize()));
    }

    void mapDma(Guest guest, int piece, int place) {
        long ipa = guest.layout().piece(piece);
        long physical = guest.layout().place(place);
        boolean there = guest.model().mapsStage2(ipa);
        NestedWorld.expect(
                there ? EEXIST : 0, Requests.map(guest.container(), ipa, physical, GuestLayout.PIECE_BYTES), "MAP_DMA");
        if (!there) {
            guest.model().mapStage2(ipa, physical, GuestLayout.PIECE_BYTES);
        }
    }

    void unmapDma(Guest guest, int piece) {
        long ipa = guest.layout().piece(piece);
        NestedWorld.expect(0, Requests.unmap(guest.container(), ipa, GuestLayout.PIECE_BYTES), "UNMAP_DMA");
        guest.model().unmapStage2(ipa, GuestLayout.PIECE_BYTES);
    }
}
