package org.nestor.virtualizer;

import java.util.Optional;
import org.nestor.iommu.IommuFault;
import org.nestor.iommu.UserBuffer;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/** Makes a guest's event records of the records in a ring of faults. */
final class GuestEvents {
    private static final int PASID_VALID = 1;
    private static final int CLASS_IN = 2;
    private static final int CLASS_TT = 1;

    private GuestEvents() {}

    /** The event of a record for the stream that the guest knows; nothing for one that means nothing to a guest. */
    static Optional<EventRecord> event(byte[] fault, int streamId) {
        boolean stalled = UserBuffer.u32(fault, 0) == IommuFault.PAGE_REQUEST;
        return stalled ? Optional.of(stall(fault, streamId)) : unrecoverable(fault, streamId);
    }

    private static EventRecord stall(byte[] fault, int streamId) {
        EventRecord event =
                stream(EventType.F_TRANSLATION, streamId).with("Stall", true).with("STAG", UserBuffer.u32(fault, 16));
        boolean substream = (UserBuffer.u32(fault, 8) & PASID_VALID) != 0;
        return access(
                substream ? substream(event, UserBuffer.u32(fault, 12)) : event,
                UserBuffer.u32(fault, 20),
                UserBuffer.u64(fault, 24),
                CLASS_IN);
    }

    private static Optional<EventRecord> unrecoverable(byte[] fault, int streamId) {
        return type((int) UserBuffer.u32(fault, 8)).map(type -> {
            EventRecord event = stream(type, streamId);
            if ((UserBuffer.u32(fault, 12) & PASID_VALID) != 0) {
                event = substream(event, UserBuffer.u32(fault, 16));
            }
            boolean access = type.isTranslationRelated() || type == EventType.F_WALK_EABT;
            int faultClass = type == EventType.F_WALK_EABT ? CLASS_TT : CLASS_IN;
            return access ? access(event, UserBuffer.u32(fault, 20), UserBuffer.u64(fault, 24), faultClass) : event;
        });
    }

    private static Optional<EventType> type(int reason) {
        return switch (reason) {
            case 1 -> Optional.of(EventType.F_CD_FETCH);
            case 2 -> Optional.of(EventType.C_BAD_CD);
            case 3 -> Optional.of(EventType.C_BAD_SUBSTREAMID);
            case 4 -> Optional.of(EventType.F_WALK_EABT);
            case 5 -> Optional.of(EventType.F_TRANSLATION);
            case 6 -> Optional.of(EventType.F_PERMISSION);
            case 7 -> Optional.of(EventType.F_ACCESS);
            case 8 -> Optional.of(EventType.F_ADDR_SIZE);
            default -> Optional.empty();
        };
    }

    private static EventRecord stream(EventType type, int streamId) {
        return EventRecord.of(type).with("StreamID", Integer.toUnsignedLong(streamId));
    }

    private static EventRecord substream(EventRecord event, long pasid) {
        EventRecord tagged = event.with("SubstreamID", pasid);
        return event.type().equals(Optional.of(EventType.C_BAD_SUBSTREAMID)) ? tagged : tagged.with("SSV", true);
    }

    private static EventRecord access(EventRecord event, long permission, long address, int faultClass) {
        return event.with("RnW", (permission & IommuFault.READ) != 0)
                .with("InD", (permission & IommuFault.EXEC) != 0)
                .with("PnU", (permission & IommuFault.PRIV) != 0)
                .with("CLASS", faultClass)
                .with("InputAddr", address);
    }
}
