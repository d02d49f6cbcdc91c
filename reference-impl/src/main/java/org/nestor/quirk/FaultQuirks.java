package org.nestor.quirk;

import java.util.Optional;
import org.nestor.iommu.FaultReason;
import org.nestor.iommu.IommuFault.Unrecoverable;
import org.nestor.iommu.smmuv3.FaultRules;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/** How the published series reports faults. */
final class FaultQuirks {

    private FaultQuirks() {}

    /** Drops the four events that the series means to add before it comes to them. */
    static final class TranslationFaultsOnly extends FaultRules.Reportable {
        @Override
        public Optional<FaultReason> reason(EventType type) {
            return type.isTranslationRelated() ? super.reason(type) : Optional.empty();
        }
    }

    /** Looks for SSV in records that have none. */
    static final class SubstreamBySsv extends FaultRules.Substream {
        @Override
        public boolean valid(EventRecord event, EventType type) {
            return event.ssv();
        }
    }

    /** Says that a fetch address is there, which it never is. */
    static final class FetchAddressClaimed extends FaultRules.FetchAddress {
        @Override
        public int flags(EventType type) {
            return type == EventType.F_CD_FETCH || type == EventType.F_WALK_EABT ? Unrecoverable.FETCH_ADDR_VALID : 0;
        }
    }

    /** Fills in an access and an address from bits that configuration errors do not have. */
    static final class AccessAlways extends FaultRules.AccessOfFault {
        @Override
        public boolean known(EventType type) {
            return true;
        }
    }

    /** Forgets stalls that it cannot report. */
    static final class StallForgotten extends FaultRules.UnreportedStall {
        @Override
        public boolean isEnded() {
            return false;
        }
    }
}
