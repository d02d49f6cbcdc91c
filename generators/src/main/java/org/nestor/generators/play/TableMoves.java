package org.nestor.generators.play;

import org.nestor.generators.scenario.TableStep;
import org.nestor.smmu.format.Granule;
import org.nestor.tables.Stage1Bits;

/** Changes of translation tables. */
final class TableMoves {
    private static final int TARGETS = Arena.PAGES + 2;
    private static final long BEYOND = 1L << 47;
    private static final long VALID = 1;
    private static final long TABLE_ATTRIBUTES = 0xF800_0000_0000_0000L;
    private static final long IGNORED = 0x0FF8_0000_0000_0F80L;
    private static final long BELOW_16K = 0x3000;
    private static final int GROUP = 16;
    private static final long CONTIGUOUS = Stage1Bits.CONTIGUOUS;

    private final World world;

    TableMoves(World world) {
        this.world = world;
    }

    void play(TableStep step) {
        HotTable table = world.scene().table(step.operands()[0]);
        int slot = step.operands()[1] % table.slots();
        if (step instanceof TableStep.Map map) {
            int level = table.leafLevel(map.level());
            long attributes = Attributes.of(table.stage(), map.attributes());
            table.map(slot, target(table, slot, map.target()), level, attributes);
            changed(table, slot, level);
        } else if (step instanceof TableStep.Unmap unmap) {
            long residue = unmap.residue() == 0 ? 0 : Bits.mix(unmap.residue()) & ~VALID;
            table.poke(slot, table.level(slot), residue);
            changed(table, slot, table.level(slot));
        } else if (step instanceof TableStep.Permit permit) {
            long attributes = Attributes.of(table.stage(), permit.attributes());
            table.map(slot, table.output(slot), table.level(slot), attributes);
            changed(table, slot, table.level(slot));
        } else if (step instanceof TableStep.Corrupt corrupt) {
            int level = corrupt.level() == 0 ? table.level(slot) : table.levelAbove(slot, corrupt.level() - 1);
            table.poke(slot, level, table.peek(slot, level) ^ 1L << corrupt.bit() % Long.SIZE);
            changed(table, slot, level);
        } else if (step instanceof TableStep.Repoint repoint) {
            repoint(table, slot, repoint);
        } else if (step instanceof TableStep.Group group) {
            group(table, slot, group);
        }
    }

    private void changed(HotTable table, int slot, int level) {
        world.changed(new Change.Descriptor(table, slot, level));
    }

    /** Slots of structures lead back to these with target 0, and to a copy of them with target 1. */
    private long target(HotTable table, int slot, int choice) {
        if (slot >= HotTable.DATA_SLOTS) {
            return switch (choice % TARGETS) {
                case 0 -> table.home(slot);
                case 1 -> copy(table, slot);
                default -> data(table, choice);
            };
        }
        return data(table, choice);
    }

    private long data(HotTable table, int choice) {
        int target = choice % TARGETS;
        if (target < Arena.PAGES) {
            return table.stage() == 2 ? world.arena().page(target) : table.home(target);
        }
        return target == Arena.PAGES
                ? world.arena().hole()
                : BEYOND | world.arena().place();
    }

    /** The spare page, with what software believes to be in the page. */
    private long copy(HotTable table, int slot) {
        long from = table.home(slot);
        long bytes = 1L << table.pageShift();
        for (long offset = 0; offset < bytes; offset += Long.BYTES) {
            long word = world.memory().read64(from + offset);
            if (word != world.memory().read64(table.spare() + offset)) {
                world.memory().write64(table.spare() + offset, word);
            }
        }
        return table.spare();
    }

    private void repoint(HotTable table, int slot, TableStep.Repoint step) {
        int level = table.levelAbove(slot, step.level());
        if (level == table.level(slot)) {
            return;
        }
        long link = table.link(slot, level);
        long descriptor = switch (step.how() % 6) {
            case 0 -> link;
            case 1 -> 0;
            case 2 -> otherTable(table, slot, level);
            case 3 -> link | TABLE_ATTRIBUTES & Bits.mix(step.how());
            case 4 -> link ^ ignored(table) & Bits.mix(step.how());
            default -> HotTable.pointer(world.arena().hole());
        };
        table.poke(slot, level, descriptor);
        changed(table, slot, level);
    }

    /** The bits of a table descriptor that hardware does not look at: those of its address too that the granule does not need. */
    private static long ignored(HotTable table) {
        return table.granule() == Granule.KB16 ? IGNORED | BELOW_16K : IGNORED;
    }

    /** A copy of the table below in which the slot's descriptor is that of another slot's leaf. */
    private long otherTable(HotTable table, int slot, int level) {
        int below = level + 1;
        if (below < table.level(slot)) {
            return table.link((slot + 1) % table.slots(), level);
        }
        long page = 1L << table.pageShift();
        long from = table.descriptorAddress(slot, below);
        long leaf = world.memory().read64(table.descriptorAddress((slot + 2) % table.slots(), below));
        world.memory().write64(table.spare() + (from & page - 1), leaf);
        long moved = table.spare() - (from & -page);
        return table.link(slot, level) + moved;
    }

    private void group(HotTable table, int slot, TableStep.Group step) {
        long target = target(table, slot, step.target()) & -((long) GROUP << table.pageShift());
        long attributes = Attributes.of(table.stage(), 0) | CONTIGUOUS;
        table.map(slot, target, HotTable.LAST_LEVEL, attributes);
        long page = 1L << table.pageShift();
        long first = table.descriptorAddress(slot, HotTable.LAST_LEVEL) & -(long) Long.BYTES * GROUP;
        long[] members = new long[GROUP];
        for (int member = 0; member < GROUP; member++) {
            long flaw = (long) step.flaw() >>> member & 1;
            members[member] = table.leaf((target | member * page) ^ flaw * page, attributes ^ flaw * CONTIGUOUS);
        }
        world.memory().write(first, members);
        changed(table, slot, HotTable.LAST_LEVEL);
    }
}
