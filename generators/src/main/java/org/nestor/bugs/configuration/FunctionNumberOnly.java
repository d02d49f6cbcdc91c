package org.nestor.bugs.configuration;

import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.tlb.ConfigurationInvalidationRules;

/** Finds the STE that CMD_CFGI_STE names by three bits of the device and function number, as if there were one device on a bus. */
public final class FunctionNumberOnly extends ConfigurationInvalidationRules {
    private static final int DEVICE = 0xF8;

    @Override
    public boolean removesStream(InvalidationCommand command, int streamId) {
        return command instanceof InvalidationCommand.CfgiSte ste
                ? streamId == (ste.streamId() & ~DEVICE)
                : super.removesStream(command, streamId);
    }
}
