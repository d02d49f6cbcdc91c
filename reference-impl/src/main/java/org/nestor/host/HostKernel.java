package org.nestor.host;

import org.nestor.vfio.Kernel;

/** A kernel that may run out of memory for rings, and whose other threads do what they are told. */
final class HostKernel implements Kernel {
    private int ringsLeft = Integer.MAX_VALUE;
    private Runnable reporters = () -> {};

    @Override
    public boolean allocateRing() {
        return ringsLeft-- > 0;
    }

    @Override
    public void awaitReporters() {
        Runnable once = reporters;
        reporters = () -> {};
        once.run();
    }

    void setRingsLeft(int rings) {
        ringsLeft = rings;
    }

    void setReporters(Runnable next) {
        reporters = next;
    }
}
