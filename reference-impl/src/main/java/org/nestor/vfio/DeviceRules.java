package org.nestor.vfio;

import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntSupplier;
import org.nestor.iommu.Done;
import org.nestor.iommu.Refusal;
import org.nestor.iommu.Result;
import org.nestor.rule.Rule;

/** The decisions of a device that can be taken differently. */
public final class DeviceRules {

    private DeviceRules() {}

    /** What open makes of a driver that does not know the nesting attribute. */
    public static class UnknownAttribute {
        /** The device is not nested, and opens. */
        @Rule("R-REG-03")
        public Optional<Refusal> refuses(Result<Integer> nesting) {
            return Optional.empty();
        }
    }

    /** What close does about page requests that nobody has answered. */
    public static class PendingRequests {
        @Rule("R-LIF-02")
        public boolean drained() {
            return true;
        }
    }

    /** Which indexes of a ring user space may set. */
    public static class UserIndex {
        @Rule("R-REG-13")
        public boolean accepts(long index, int entries) {
            return index < entries;
        }
    }

    /** Which slot of its ring a fault goes to. */
    public static class FaultSlot {
        /**
         * The one at the head, as soon as nobody else is storing a fault: from then on until the head has moved, nobody is.
         *
         * @param head tells where it is
         * @param others lets those store their faults who have begun before
         * @param store stores the fault in a slot, and moves the head behind it
         */
        @Rule("R-REG-20")
        public Result<Done> take(IntSupplier head, Runnable others, IntFunction<Result<Done>> store) {
            others.run();
            return store.apply(head.getAsInt());
        }
    }

    /** What close does about the handler that writes faults into the ring. */
    public static class HandlerRemoval {
        /**
         * It goes before its ring.
         *
         * @param removal removes it
         */
        @Rule("R-LIF-01")
        public void close(Runnable removal) {
            removal.run();
        }
    }

    /** What open does when the response region cannot be allocated. */
    public static class ResponseAllocation {
        @Rule("R-RSP-06")
        public boolean failureIsReported() {
            return true;
        }
    }
}
