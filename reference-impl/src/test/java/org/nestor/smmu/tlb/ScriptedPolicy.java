package org.nestor.smmu.tlb;

import java.util.EnumSet;
import java.util.Set;

/** Remembers everything, and overlooks, defers and reads ahead as it is told. */
final class ScriptedPolicy implements CachePolicy {
    private final Set<CacheKind> overlooked = EnumSet.noneOf(CacheKind.class);
    private boolean deferring;
    private int speculations;

    void overlook(CacheKind kind) {
        overlooked.add(kind);
    }

    void defer(boolean value) {
        deferring = value;
    }

    void speculate(int count) {
        speculations = count;
    }

    @Override
    public boolean admits(CacheKind kind) {
        return true;
    }

    @Override
    public boolean consults(CacheKind kind) {
        return !overlooked.contains(kind);
    }

    @Override
    public int capacity() {
        return Integer.MAX_VALUE;
    }

    @Override
    public boolean keepsDoubleword() {
        return false;
    }

    @Override
    public boolean defersInvalidation() {
        return deferring;
    }

    @Override
    public int speculations() {
        return speculations;
    }

    @Override
    public int pick(int bound) {
        return 0;
    }
}
