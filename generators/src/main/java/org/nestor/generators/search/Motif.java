package org.nestor.generators.search;

/**
 * What a scenario is composed of: not single steps but a few that belong together, since independent choices hardly ever meet on
 * the same page, tag or queue.
 */
public enum Motif {
    /** Devices use what is there. */
    USE(30),
    /** A leaf is made invalid, invalidated or nearly, and mapped again. */
    REMAP(20),
    /** A leaf is mapped over another without break-before-make. */
    OVERWRITE(4),
    /** A leaf gets other attributes. */
    PERMIT(12),
    /** A table descriptor changes. */
    REPOINT(9),
    /** A contiguous group, right or wrong. */
    GROUP(3),
    /** One bit of a descriptor is inverted. */
    CORRUPT(4),
    /** An STE changes legally. */
    STE_CHANGE(12),
    /** An STE becomes illegal, or anything. */
    STE_BREAK(6),
    /** A CD changes legally. */
    CD_CHANGE(10),
    /** A CD becomes illegal, or anything. */
    CD_BREAK(5),
    /** A first-level descriptor changes. */
    FIRST_LEVEL(8),
    /** A structure changes and changes back, with uses between. */
    DETOUR(6),
    /** An ASID or VMID is used for something else. */
    TAG_REUSE(5),
    /** Stage 2 changes under structures of a guest. */
    UNDER_STRUCTURES(6),
    /** A command of any opcode, legal. */
    COMMAND(8),
    /** Ranges of addresses are invalidated. */
    RANGE(6),
    /** An illegal command, what it stops, and its repair. */
    COMMAND_ERROR(6),
    /** CMD_SYNC with its signals. */
    SYNC(4),
    /** The command queue is filled. */
    BURST(4),
    /** DMAs fault until the event queue is full, and software looks at it. */
    EVENT_FLOOD(6),
    /** A device has tags in the upper bits of its addresses. */
    TAGS(4),
    /** Hardware updates flags of descriptors. */
    HARDWARE_UPDATE(5),
    /** Transactions stall and are answered. */
    STALL(8),
    /** ATS requests and translated accesses. */
    ATS(6),
    /** Page requests and their answers. */
    PRI(4),
    /** Registers are written that should not be now. */
    GUARD(4),
    /** Registers are read. */
    REGISTER_READ(4),
    /** CR0 disables and enables. */
    ENABLE(3),
    /** GBPA with the SMMU disabled. */
    BYPASS(2),
    /** Interrupts are configured and taken. */
    INTERRUPT(4),
    /** A queue is moved. */
    QUEUE_MOVE(4),
    /** The stream table is moved. */
    STREAMS_MOVE(4),
    /** Memory is read. */
    PEEK(3),
    /** Everything starts over. */
    RESTART(1);

    private final int weight;

    Motif(int weight) {
        this.weight = weight;
    }

    /** How often it is chosen unless weights say otherwise. */
    public int defaultWeight() {
        return weight;
    }
}
