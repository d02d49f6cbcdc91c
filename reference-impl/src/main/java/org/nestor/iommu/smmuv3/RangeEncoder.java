package org.nestor.iommu.smmuv3;

import java.util.ArrayList;
import java.util.List;
import org.nestor.iommu.Parts;
import org.nestor.rule.Rule;
import org.nestor.smmu.format.CommandRecord;

/** Turns a range of addresses into invalidation commands by address, with or without range invalidation. */
public final class RangeEncoder {
    private static final int NUM_SHIFT = 12;
    private static final int SCALE_SHIFT = 20;
    private static final int MAX_SCALE = 31;
    private static final int NUM_MASK = 31;
    private static final int TTL_SHIFT = 8;
    private static final int TG_SHIFT = 10;
    private static final int PATIENCE = 1 << 16;

    private final SinglePage singlePage;

    RangeEncoder(Parts parts) {
        this.singlePage = parts.get(SinglePage.class, SinglePage::new);
    }

    /**
     * One command for each step.
     *
     * @param command tags and Leaf
     * @param last the last address
     */
    List<CommandRecord> steps(CommandRecord command, long first, long last, long step) {
        List<CommandRecord> commands = new ArrayList<>();
        for (long at = first; Long.compareUnsigned(at, last) <= 0; at += step) {
            commands.add(Commands.at(command, at));
            if (commands.size() > PATIENCE) {
                throw new SoftLockup("one command for each of " + Long.toUnsignedString(step) + " bytes has no end");
            }
            if (Long.compareUnsigned(at + step, at) < 0) {
                break;
            }
        }
        return commands;
    }

    /**
     * Range commands (IHI 0070 section 4.4.1.1): each covers (NUM + 1) * 2^SCALE pages.
     *
     * @param command tags and Leaf
     * @param pageShift log2 of the granule that TG names
     * @param ttl level of the leaves that are meant, 0 for any
     */
    List<CommandRecord> ranges(CommandRecord command, long first, long size, int pageShift, int ttl) {
        List<CommandRecord> commands = new ArrayList<>();
        long pages = size >>> pageShift;
        long at = first;
        while (Long.compareUnsigned(at - first, size) < 0) {
            int scale = Math.min(Long.numberOfTrailingZeros(pages), MAX_SCALE);
            long num = pages >>> scale & NUM_MASK;
            if (num == 0 && scale == MAX_SCALE && pages >>> scale != 0) {
                num = NUM_MASK;
            }
            if (num == 0 || commands.size() > PATIENCE) {
                throw new SoftLockup("the range of " + Long.toUnsignedString(size) + " bytes is never used up");
            }
            commands.add(range(Commands.at(command, at), (int) num - 1, scale, (pageShift - 10) / 2, ttl));
            at += num << scale + pageShift;
            pages -= num << scale;
        }
        return commands;
    }

    private CommandRecord range(CommandRecord command, int num, int scale, int tg, int ttl) {
        if (singlePage.isPlain(num, scale, ttl)) {
            return command;
        }
        return new CommandRecord(
                command.dw0() | (long) num << NUM_SHIFT | (long) scale << SCALE_SHIFT,
                command.dw1() | (long) ttl << TTL_SHIFT | (long) tg << TG_SHIFT);
    }

    /** How a single page is encoded. */
    public static class SinglePage {

        /** Whether to leave TG out: TG with NUM, SCALE and TTL all zero is reserved. */
        @Rule("R-INV-29")
        public boolean isPlain(int num, int scale, int ttl) {
            return num == 0 && scale == 0 && ttl == 0;
        }
    }
}
