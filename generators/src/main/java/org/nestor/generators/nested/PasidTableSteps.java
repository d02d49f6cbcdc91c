package org.nestor.generators.nested;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nestor.generators.nested.GuestDomain.Context;
import org.nestor.generators.nested.GuestDomain.Stage1;
import org.nestor.generators.nested.GuestDomain.State;
import org.nestor.iommu.PasidTableConfig;
import org.nestor.iommu.UserBuffer;

/** The steps that change a guest's stage 1 as a whole. */
final class PasidTableSteps {
    private static final int EINVAL = -22;
    private static final int EFAULT = -14;
    private static final int ASIDS = 3;
    private static final int BYPASS = 2;
    private static final int KINDS = 6;

    private final NestedWorld world;

    PasidTableSteps(NestedWorld world) {
        this.world = world;
    }

    /**
     * What the virtualizer's memory asks for.
     *
     * @param argument of the ioctl
     * @param refusal the errno if no domain takes it
     * @param context whether there is a CD where it says
     */
    private record Asked(UserBuffer argument, int refusal, State state, boolean context) {

        static Asked of(PasidTableConfig config, State state, boolean context) {
            return new Asked(Requests.table(Requests.SET, config.toBytes()), 0, state, context);
        }

        Asked refused(int errno) {
            return new Asked(argument, errno, state, context);
        }

        Asked unreadable() {
            return new Asked(Requests.tableWithoutConfig(Requests.SET), EFAULT, state, context);
        }
    }

    void setTable(Guest guest, int kind, int piece) {
        Asked asked = asked(guest, kind, piece);
        set(guest, asked, asked);
    }

    /**
     * Another thread of the virtualizer overwrites the structure, or takes its memory away, as soon as it was read for the first
     * domain. Each domain reads it for itself.
     */
    void racedTable(Guest guest, int kind, int otherKind) {
        Asked first = asked(guest, kind, 0);
        int other = otherKind % (KINDS + 1);
        set(guest, first, other == KINDS ? first.unreadable() : asked(guest, other, 0));
    }

    private static Asked asked(Guest guest, int kind, int piece) {
        GuestModel model = guest.model();
        GuestLayout layout = guest.layout();
        return switch (kind % KINDS) {
            case 0, 1 ->
                Asked.of(
                        PasidTableConfig.of(PasidTableConfig.TRANSLATE, layout.context(model.space(), model.asid())),
                        State.TRANSLATE,
                        true);
            case BYPASS -> Asked.of(PasidTableConfig.of(PasidTableConfig.BYPASS, -1), State.NONE, true);
            case 3 -> Asked.of(PasidTableConfig.of(PasidTableConfig.ABORT, -1), State.ABORT, true);
            case 4 ->
                Asked.of(PasidTableConfig.of(PasidTableConfig.TRANSLATE, layout.piece(piece)), State.TRANSLATE, false);
            default ->
                Asked.of(
                                new PasidTableConfig(1, 0, 1, 1 + piece % 8, PasidTableConfig.TRANSLATE, 1, 0, 0),
                                State.TRANSLATE,
                                true)
                        .refused(EINVAL);
        };
    }

    /** The domains are asked one after the other, newest first; if one refuses, each of them is in the end what it was before. */
    private void set(Guest guest, Asked first, Asked later) {
        int expected = 0;
        Map<GuestDomain, Stage1> next = new LinkedHashMap<>();
        for (GuestDomain domain : guest.domains()) {
            Asked asked = next.isEmpty() ? first : later;
            expected = errno(asked, domain);
            if (expected != 0) {
                break;
            }
            next.put(domain, stage1(guest, asked, domain));
        }
        int code = expected;
        UserBuffer argument = new SharedBuffer(first.argument(), later.argument(), Requests.TABLE_BYTES);
        world.probing(
                guest,
                next,
                () -> NestedWorld.expect(code, Requests.table(guest.container(), argument), "SET_PASID_TABLE"));
        if (code == 0) {
            next.forEach(GuestDomain::become);
            guest.nextEpoch();
        }
    }

    private static int errno(Asked asked, GuestDomain domain) {
        boolean again = asked.state() == State.TRANSLATE && domain.state() == State.TRANSLATE;
        return asked.refusal() == 0 && again ? EINVAL : asked.refusal();
    }

    private Stage1 stage1(Guest guest, Asked asked, GuestDomain domain) {
        boolean supported =
                world.kind(domain).has(GuestLayout.granule(guest.model().space()));
        Context context = asked.context() ? supported ? Context.VALID : Context.UNSUPPORTED : Context.MISSING;
        return switch (asked.state()) {
            case NONE -> Stage1.NONE;
            case ABORT -> Stage1.ABORT;
            case TRANSLATE -> new Stage1(State.TRANSLATE, context);
        };
    }

    void unsetTable(Guest guest) {
        Map<GuestDomain, Stage1> next = new LinkedHashMap<>();
        guest.domains().forEach(domain -> next.put(domain, Stage1.NONE));
        byte[] config = PasidTableConfig.of(PasidTableConfig.BYPASS, 0).toBytes();
        UserBuffer argument = Requests.table(Requests.UNSET, config);
        world.probing(
                guest,
                next,
                () -> NestedWorld.expect(0, Requests.table(guest.container(), argument), "SET_PASID_TABLE with UNSET"));
        next.forEach(GuestDomain::become);
        guest.nextEpoch();
    }

    void switchTo(Guest guest, int space, int asid) {
        setTable(guest, BYPASS, 0);
        guest.model().run(space % GuestLayout.SPACES, 1 + asid % ASIDS);
        setTable(guest, 0, 0);
    }
}
