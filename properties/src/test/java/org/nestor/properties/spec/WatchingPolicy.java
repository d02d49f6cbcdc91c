package org.nestor.properties.spec;

import org.nestor.smmu.tlb.CacheKind;
import org.nestor.smmu.tlb.CachePolicy;

/** A policy that lets somebody look each time before and after a CMD_SYNC carries out an invalidation that has waited. */
class WatchingPolicy implements CachePolicy {
    private final CachePolicy policy;
    private final Runnable look;
    private boolean synchronising;

    WatchingPolicy(CachePolicy policy, Runnable look) {
        this.policy = policy;
        this.look = look;
    }

    /** Carries out a CMD_SYNC. */
    void during(Runnable synchronise) {
        synchronising = true;
        synchronise.run();
        synchronising = false;
    }

    private void lookIfSynchronising() {
        if (synchronising) {
            look.run();
        }
    }

    @Override
    public boolean admits(CacheKind kind) {
        return policy.admits(kind);
    }

    @Override
    public boolean consults(CacheKind kind) {
        return policy.consults(kind);
    }

    @Override
    public int capacity() {
        return policy.capacity();
    }

    @Override
    public boolean keepsDoubleword() {
        return policy.keepsDoubleword();
    }

    @Override
    public boolean defersInvalidation() {
        return policy.defersInvalidation();
    }

    @Override
    public int speculations() {
        lookIfSynchronising();
        return policy.speculations();
    }

    @Override
    public int pick(int bound) {
        lookIfSynchronising();
        return policy.pick(bound);
    }
}
