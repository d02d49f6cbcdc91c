package org.nestor.bugs.stream;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.SteLegality;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.config.StreamDecoder;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.StreamTableEntry;
import org.nestor.smmu.register.IdRegisters;

/** Takes STE.S2VMID from the low bits of the second doubleword, where other fields are. */
public final class VmidOfSecondDoubleword extends StreamDecoder {
    private static final Field S2VMID = StreamTableEntry.LAYOUT.field("S2VMID");

    public VmidOfSecondDoubleword(IdRegisters id, SteLegality legality, RuleLog rules) {
        super(id, legality, rules);
    }

    @Override
    public StreamConfiguration decode(StreamTableEntry ste, boolean e2h) {
        long misread = S2VMID.extract(ste.line().doubleword(1));
        return super.decode(new StreamTableEntry(ste.line().with(S2VMID, misread)), e2h);
    }
}
