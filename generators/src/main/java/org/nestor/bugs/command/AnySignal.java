package org.nestor.bugs.command;

import org.nestor.rule.RuleLog;
import org.nestor.smmu.command.CommandLegality;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.format.CommandRecord;
import org.nestor.smmu.register.IdRegisters;

/** Takes the reserved value of CMD_SYNC.CS for no signal. */
public final class AnySignal extends CommandLegality {

    public AnySignal(IdRegisters ids, RuleLog rules) {
        super(ids, rules);
    }

    @Override
    public boolean legal(CommandOpcode opcode, CommandRecord record) {
        return opcode == CommandOpcode.CMD_SYNC || super.legal(opcode, record);
    }
}
