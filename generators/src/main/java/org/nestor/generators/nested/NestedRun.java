package org.nestor.generators.nested;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.nestor.generators.nested.Violation.Broken;
import org.nestor.iommu.smmuv3.SoftLockup;
import org.nestor.memory.ExternalAbort;

/** Runs sequences of steps, each on a host of its own, and tells the first property that is broken. */
public final class NestedRun {

    private NestedRun() {}

    /** The run of a sequence, and of the end of everything after it. */
    public static Optional<Violation> of(List<NestedOp> ops, NestedSetup setup) {
        try {
            Steps steps = new Steps(new NestedWorld(setup));
            ops.forEach(steps::take);
            steps.world.close();
            return Optional.empty();
        } catch (Broken broken) {
            return Optional.of(broken.violation());
        } catch (ExternalAbort abort) {
            return Optional.of(new Violation(Violation.Property.DRIVER, "the host crashes: " + abort.getMessage()));
        } catch (SoftLockup lockup) {
            return Optional.of(new Violation(Violation.Property.DRIVER, "a call never ends: " + lockup.getMessage()));
        }
    }

    private static final class Steps {
        private NestedWorld world;
        private PasidTableSteps contexts;
        private TableSteps tables;
        private DmaSteps dma;
        private MsiSteps msi;
        private LifeSteps life;

        Steps(NestedWorld world) {
            this.world = world;
            this.contexts = new PasidTableSteps(world);
            this.tables = new TableSteps(world);
            this.dma = new DmaSteps(world);
            this.msi = new MsiSteps(world);
            this.life = new LifeSteps(world);
        }

        /** Where a device still reads while it is closed or pulled out, if it does. */
        private OptionalLong underWay(GuestDevice device, NestedOp op) {
            return op.c() % 2 == 0 ? OptionalLong.of(dma.address(device, op.b())) : OptionalLong.empty();
        }

        private void goOnIn(NestedWorld next) {
            world = next;
            contexts = new PasidTableSteps(next);
            tables = new TableSteps(next);
            dma = new DmaSteps(next);
            msi = new MsiSteps(next);
            life = new LifeSteps(next);
        }

        void take(NestedOp op) {
            Guest guest = world.guest(op.a());
            GuestDevice device = world.device(op.a());
            switch (op.kind()) {
                case SET_TABLE -> contexts.setTable(guest, op.b(), op.c());
                case UNSET_TABLE -> contexts.unsetTable(guest);
                case RACED_TABLE -> contexts.racedTable(guest, op.b(), op.c());
                case SWITCH -> contexts.switchTo(guest, op.b(), op.c());
                case MAP_STAGE1 -> tables.mapStage1(guest, op.b(), op.c());
                case UNMAP_STAGE1 -> tables.unmapStage1(guest, op.b());
                case INVALIDATE -> tables.invalidate(guest, op.b(), op.c());
                case ODD_INVALIDATE -> tables.oddInvalidate(guest, op.b());
                case MAP_DMA -> tables.mapDma(guest, op.b(), op.c());
                case UNMAP_DMA -> tables.unmapDma(guest, op.b());
                case DMA -> dma.dma(device, op.b());
                case OVERTAKEN_DMA -> dma.overtakenDma(device, op.b(), op.c());
                case SUBSTREAM_DMA -> dma.substreamDma(device, op.b(), op.c());
                case ATS_REQUEST -> dma.atsRequest(device, op.b());
                case ATS_READ -> dma.atsRead(device, op.b());
                case BIND -> msi.bind(guest, op.b(), op.c());
                case BIND_SHORT -> msi.bindShort(guest, op.b(), op.c());
                case UNBIND -> msi.unbind(guest, op.b());
                case MSI_ON -> msi.enable(device);
                case MSI_OFF -> msi.disable(device);
                case MSI_SEND -> msi.send(device);
                case ANSWER -> life.answer(device, op.b());
                case REOPEN -> life.reopen(device, underWay(device, op));
                case REPLUG -> life.replug(device, underWay(device, op));
                case REOPEN_SHORT -> life.reopenShort(device);
                case OPEN_OUTSIDE -> life.openOutside();
                case REFUSED_ATTACH -> life.refusedAttach();
                case PLUG_IN -> life.plugIn(op.a(), op.b());
                case NEW_KERNEL -> world.takenOver().ifPresent(this::goOnIn);
                case ODD_TAIL -> life.oddTail(device, op.b());
            }
        }
    }
}
