package org.nestor.iommu.smmuv3;

import static org.nestor.iommu.IommuFault.EXEC;
import static org.nestor.iommu.IommuFault.PRIV;
import static org.nestor.iommu.IommuFault.READ;
import static org.nestor.iommu.IommuFault.WRITE;

import java.util.Optional;
import org.nestor.iommu.FaultReason;
import org.nestor.iommu.IommuFault.Unrecoverable;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/** The decisions about what a device's fault handler is told of an event. */
public final class FaultRules {

    private FaultRules() {}

    /** Which events are reported, and as what. */
    public static class Reportable {
        @Rule("R-EVT-03")
        @Rule("R-EVT-09")
        @Rule("R-EVT-10")
        public Optional<FaultReason> reason(EventType type) {
            return switch (type) {
                case F_TRANSLATION -> Optional.of(FaultReason.PTE_FETCH);
                case F_ADDR_SIZE -> Optional.of(FaultReason.OOR_ADDRESS);
                case F_ACCESS -> Optional.of(FaultReason.ACCESS);
                case F_PERMISSION -> Optional.of(FaultReason.PERMISSION);
                case C_BAD_SUBSTREAMID -> Optional.of(FaultReason.PASID_INVALID);
                case F_CD_FETCH -> Optional.of(FaultReason.PASID_FETCH);
                case C_BAD_CD -> Optional.of(FaultReason.BAD_PASID_ENTRY);
                case F_WALK_EABT -> Optional.of(FaultReason.WALK_EABT);
                default -> Optional.empty();
            };
        }
    }

    /** Whether an event is stage 2's, and so the host's. */
    public static class Stage2 {
        /** Bit S2, of the events that have it. */
        @Rule("R-EVT-02")
        public boolean isHosts(EventRecord event, EventType type) {
            return (type.isTranslationRelated() || type == EventType.F_WALK_EABT) && event.s2();
        }
    }

    /** Whether the record's substream means something. */
    public static class Substream {
        @Rule("R-EVT-08")
        @Rule("R-EVT-11")
        public boolean valid(EventRecord event, EventType type) {
            return type == EventType.C_BAD_SUBSTREAMID || event.ssv();
        }
    }

    /** What is told of the access. */
    public static class AccessOfFault {
        /** Whether the record says where and how: the faults of a translation do, the configuration errors do not. */
        @Rule("R-EVT-13")
        @Rule("R-EVT-14")
        public boolean known(EventType type) {
            return addressValid(type);
        }

        @Rule("R-EVT-08")
        @Rule("R-EVT-14")
        public final boolean addressValid(EventType type) {
            return type.isTranslationRelated() || type == EventType.F_WALK_EABT;
        }

        @Rule("R-EVT-05")
        public final int permission(EventRecord event) {
            return (event.rnw() ? READ : WRITE) | (event.ind() ? EXEC : 0) | (event.pnu() ? PRIV : 0);
        }
    }

    /** Whether the fetch address is told. */
    public static class FetchAddress {
        /** Never: it is a physical address of the host. */
        @Rule("R-EVT-12")
        public int flags(EventType type) {
            return 0;
        }
    }

    /** Which stalls are ended when nobody is told of them. */
    public static class UnreportedStall {
        @Rule("R-EVT-23")
        public boolean isEnded() {
            return true;
        }
    }

    /** The flag that goes with a substream. */
    static int substreamFlag(boolean valid) {
        return valid ? Unrecoverable.PASID_VALID : 0;
    }
}
