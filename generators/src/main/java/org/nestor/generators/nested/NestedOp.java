package org.nestor.generators.nested;

import java.util.ArrayList;
import java.util.List;

/**
 * One step of a guest, of its virtualizer or of a device. The operands are taken modulo what there is, so that every part of a
 * sequence of steps is one too.
 */
public record NestedOp(Kind kind, int a, int b, int c) {
    private static final int SIMPLE = 12;

    /** What a step does, and what its operands are. */
    public enum Kind {
        /** SET_PASID_TABLE: guest, configuration, where the CD is. */
        SET_TABLE,
        /** SET_PASID_TABLE with UNSET: guest. */
        UNSET_TABLE,
        /** SET_PASID_TABLE whose structure changes while it is carried out: guest, configuration, configuration. */
        RACED_TABLE,
        /** The guest lets another address space run, by way of BYPASS: guest, space, ASID. */
        SWITCH,
        /** The guest maps a page or block at stage 1: guest, slot, target. */
        MAP_STAGE1,
        /** The guest unmaps a page or block at stage 1: guest, slot. */
        UNMAP_STAGE1,
        /** CACHE_INVALIDATE: guest, form, slot. */
        INVALIDATE,
        /** CACHE_INVALIDATE with operands that are wrong or at the edge: guest, form. */
        ODD_INVALIDATE,
        /** MAP_DMA of a piece of memory: guest, piece, where it is. */
        MAP_DMA,
        /** UNMAP_DMA of a piece of memory: guest, piece. */
        UNMAP_DMA,
        /** A read: device, slot. */
        DMA,
        /** Two reads, where the fault of the second overtakes that of the first: device, slot, slot. */
        OVERTAKEN_DMA,
        /** A read with a substream: device, slot, substream. */
        SUBSTREAM_DMA,
        /** A Translation Request whose answer the endpoint keeps: device, slot. */
        ATS_REQUEST,
        /** A read by an answer that the endpoint still has: device, slot. */
        ATS_READ,
        /** SET_MSI_BINDING to bind: guest, doorbell page, size. */
        BIND,
        /** SET_MSI_BINDING to bind, when memory is short: guest, doorbell page, how many bindings it is enough for. */
        BIND_SHORT,
        /** SET_MSI_BINDING to unbind: guest, doorbell page. */
        UNBIND,
        /** SET_IRQS that enables MSIs: device. */
        MSI_ON,
        /** SET_IRQS that disables MSIs: device. */
        MSI_OFF,
        /** The device sends an MSI: device. */
        MSI_SEND,
        /** Page responses of every stall that was reported: device, code. */
        ANSWER,
        /** Close, maybe with a read under way, and open: device, slot, whether. */
        REOPEN,
        /** A device is pulled out, maybe with a read under way, and plugged in again: device, slot, whether. */
        REPLUG,
        /** Open without memory for the response region, after a close: device. */
        REOPEN_SHORT,
        /** Open a device that is in no container. */
        OPEN_OUTSIDE,
        /** Attach a device that must be refused to a domain of its own, which is then freed. */
        REFUSED_ATTACH,
        /** A device is plugged in: StreamID, SMMU. */
        PLUG_IN,
        /** A new kernel takes the SMMUs over while the devices of the guests before go on, and starts guests of its own. */
        NEW_KERNEL,
        /** An index of the ring of faults that it has no entry for: device, which index. */
        ODD_TAIL
    }

    /** The same step with one operand smaller, the smallest first. */
    public List<NestedOp> simpler() {
        List<NestedOp> simpler = new ArrayList<>();
        for (int value = 0; value < SIMPLE; value++) {
            if (value < a) {
                simpler.add(new NestedOp(kind, value, b, c));
            }
            if (value < b) {
                simpler.add(new NestedOp(kind, a, value, c));
            }
            if (value < c) {
                simpler.add(new NestedOp(kind, a, b, value));
            }
        }
        return simpler;
    }

    @Override
    public String toString() {
        return kind + " " + a + " " + b + " " + c;
    }
}
