package org.nestor.smmu.tlb;

import org.nestor.rule.Rule;
import org.nestor.smmu.command.InvalidationCommand;

/** Which cached configuration each command must remove (IHI 0070 section 4.3). */
public class ConfigurationInvalidationRules {

    /** Whether the command is about configuration and not about translations (C-INV-03). */
    static boolean concerns(InvalidationCommand command) {
        return command instanceof InvalidationCommand.CfgiSte
                || command instanceof InvalidationCommand.CfgiSteRange
                || command instanceof InvalidationCommand.CfgiCd
                || command instanceof InvalidationCommand.CfgiCdAll;
    }

    /** STEs: by StreamID. */
    @Rule("C-INV-03")
    public boolean removesStream(InvalidationCommand command, int streamId) {
        if (command instanceof InvalidationCommand.CfgiSte ste) {
            return ste.streamId() == streamId;
        }
        return command instanceof InvalidationCommand.CfgiSteRange group && inGroup(group, streamId, 0);
    }

    /**
     * L1STDs: by any StreamID that is located through them.
     *
     * @param split number of StreamID bits below the descriptor
     */
    public boolean removesL1Stream(InvalidationCommand command, int streamId, int split) {
        if (command instanceof InvalidationCommand.CfgiSte ste) {
            return !ste.leaf() && (ste.streamId() ^ streamId) >>> split == 0;
        }
        return command instanceof InvalidationCommand.CfgiSteRange group && inGroup(group, streamId, split);
    }

    /** CDs: by StreamID and SubstreamID, and with the STE that leads to them. */
    @Rule("C-INV-04")
    public boolean removesContext(InvalidationCommand command, int streamId, int substreamId) {
        if (command instanceof InvalidationCommand.CfgiCd cd) {
            return cd.streamId() == streamId && cd.substreamId() == substreamId;
        }
        return removesAllContexts(command, streamId);
    }

    /**
     * L1CDs: by any SubstreamID that is located through them.
     *
     * @param split number of SubstreamID bits below the descriptor
     */
    public boolean removesL1Context(InvalidationCommand command, int streamId, int substreamId, int split) {
        if (command instanceof InvalidationCommand.CfgiCd cd) {
            return !cd.leaf() && cd.streamId() == streamId && (cd.substreamId() ^ substreamId) >>> split == 0;
        }
        return removesAllContexts(command, streamId);
    }

    private boolean removesAllContexts(InvalidationCommand command, int streamId) {
        if (command instanceof InvalidationCommand.CfgiCdAll all) {
            return all.streamId() == streamId;
        }
        return removesStream(command, streamId);
    }

    /** The aligned group of 2^(Range + 1) StreamIDs; Range = 31 is all of them. */
    protected boolean inGroup(InvalidationCommand.CfgiSteRange group, int streamId, int split) {
        int ignored = Math.max(group.range() + 1, split);
        return ignored >= Integer.SIZE || (group.streamId() ^ streamId) >>> ignored == 0;
    }
}
