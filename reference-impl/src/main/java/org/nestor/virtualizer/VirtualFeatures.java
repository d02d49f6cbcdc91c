package org.nestor.virtualizer;

import org.nestor.smmu.register.IdRegisters;

/** What of an SMMU's features a guest is shown: stage 1 with one CD for each stream, and no ATS, PRI or EL2. */
final class VirtualFeatures {
    private static final int S2P = 1;
    private static final int BTM = 1 << 5;
    private static final int HTTU = 0b11 << 6;
    private static final int HYP = 1 << 9;
    private static final int ATS = 1 << 10;
    private static final int NS1ATS = 1 << 11;
    private static final int PRI = 1 << 16;
    private static final int VMW = 1 << 17;
    private static final int VMID16 = 1 << 18;
    private static final int CD2L = 1 << 19;
    private static final int ATSRECERR = 1 << 23;
    private static final int HIDDEN0 = S2P | BTM | HTTU | HYP | ATS | NS1ATS | PRI | VMW | VMID16 | CD2L | ATSRECERR;
    private static final int SSIDSIZE = 0b11111 << 6;
    private static final int PRIQS = 0b11111 << 11;
    private static final int XNX = 1 << 4;
    private static final int FWB = 1 << 8;

    private VirtualFeatures() {}

    static IdRegisters of(IdRegisters host) {
        return new IdRegisters(
                host.idr0() & ~HIDDEN0,
                host.idr1() & ~(SSIDSIZE | PRIQS),
                0,
                host.idr3() & ~(XNX | FWB),
                0,
                host.idr5(),
                0,
                host.aidr());
    }
}
