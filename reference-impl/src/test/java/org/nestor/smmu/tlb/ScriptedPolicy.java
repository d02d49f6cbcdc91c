package org.nestor.smmu.tlb;

import java.util.EnumSet;
import java.util.Set;
import org.nestor.smmu.format.Line;

/** Remembers everything, and overlooks, defers and reads ahead as it is told. */
final class ScriptedPolicy implements CachePolicy {
    private final Set<CacheKind> excluded = EnumSet.noneOf(CacheKind.class);
    private final Set<CacheKind> overlooked = EnumSet.noneOf(CacheKind.class);
    private int kept;
    private int fetched;
    private boolean deferring;
    private int speculations;

    void exclude(CacheKind kind) {
        excluded.add(kind);
    }

    /** From now on each fetch keeps these of the eight doublewords of the earlier one, bit 0 for the first. */
    void keepDoublewords(int doublewords) {
        kept = doublewords;
    }

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
        return !excluded.contains(kind);
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
        return (kept >>> fetched++ % Line.DOUBLEWORDS & 1) != 0;
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
