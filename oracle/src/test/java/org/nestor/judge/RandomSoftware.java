package org.nestor.judge;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.ByteStrings;
import org.nestor.protocol.Permission;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.format.CommandOpcode;
import org.nestor.smmu.register.IdRegisters;

/**
 * Software and devices that do things at random, with few streams, pages and tags, so that what they do meets: tables and structures
 * change with the right invalidation, the wrong one or none, commands are legal, illegal or in between, queues fill up.
 *
 * <p>Left out, because nothing can be said of it afterwards: inconsistent queue indexes, and registers written while they are guarded.
 */
final class RandomSoftware {
    static final long STREAMS = 0x4010_0000L;
    static final long COMMANDS = 0x4020_0000L;
    static final long EVENTS = 0x4030_0000L;
    static final long PAGE_REQUESTS = 0x4038_0000L;
    static final long TABLES = 0x4100_0000L;
    static final long PAGES = 0x4080_0000L;
    private static final int COMMAND_LOG2 = 4;
    private static final int COMMAND_POSITIONS = 1 << COMMAND_LOG2 + 1;
    private static final int[] SIDS = {0, 1, 2, 3, 8, 63};
    private static final long[] LEAVES = {0x403L, 0x443L, 0x4C3L, 0x743L, 0xF43L, 0x043L, 0x4C1L, 0};

    /** Answers requests. */
    @FunctionalInterface
    interface Machine {
        Reply send(Request request);
    }

    private final Random random;
    private final IdRegisters ids;
    private final Machine smmu;
    private int produced;
    private int consumed;
    private long gerrorn;

    RandomSoftware(long seed, IdRegisters ids, Machine smmu) {
        this.random = new Random(seed);
        this.ids = ids;
        this.smmu = smmu;
    }

    /** From reset to SMMUEN = 1, every page mapped for every stream. */
    void start() {
        smmu.send(new Request.Reset(Map.of()));
        register("STRTAB_BASE", STREAMS);
        register("STRTAB_BASE_CFG", 6);
        register("CR2", 2);
        register("CMDQ_BASE", COMMANDS | COMMAND_LOG2);
        register("EVENTQ_BASE", EVENTS | 3);
        if (ids.pri()) {
            register("PRIQ_BASE", PAGE_REQUESTS | 2);
        }
        for (int context = 0; context < 4; context++) {
            tables(context);
            cd(context);
        }
        for (int sid : SIDS) {
            ste(sid);
        }
        produced = 0;
        consumed = 0;
        gerrorn = 0;
        control(0xc);
        if (random.nextInt(4) > 0) {
            register("IRQ_CTRL", 7);
            read("IRQ_CTRLACK");
        }
        control(ids.pri() ? 0xf : 0xd);
    }

    private void control(long value) {
        register("CR0", value);
        if (random.nextInt(8) > 0) {
            read("CR0ACK");
        }
    }

    private long base(int context) {
        return TABLES + context * 0x10000L;
    }

    /** Three levels that map the first 16 pages of 0x80200000, T0SZ = 25, and a stage 2 that maps 1 GiB blocks onto themselves. */
    private void tables(int context) {
        long table = base(context);
        write64(table + 0x10, table + 0x1000 | 3);
        write64(table + 0x1008, table + 0x2000 | 3);
        for (int page = 0; page < 16; page++) {
            leaf(context, page);
        }
        write64(table + 0x5008, 0x4000_0000L | 0x7FD);
        write64(table + 0x5000, 0x7FDL);
    }

    private void leaf(int context, int page) {
        long low = random.nextInt(3) == 0 ? LEAVES[random.nextInt(LEAVES.length)] : 0x743L;
        long nonGlobal = random.nextInt(4) == 0 ? 0 : 0x800;
        long high = random.nextInt(8) == 0 ? 1L << 51 : 0;
        write64(
                base(context) + 0x2000 + 8L * page,
                low == 0 ? 0 : high | nonGlobal | low | PAGES + 4096L * random.nextInt(16));
    }

    private void cd(int context) {
        long asid = random.nextInt(4) == 0 ? random.nextInt(3) : context;
        long bits = asid << 48 | 1L << 41 | 2L << 32 | 1L << 31 | 1L << 30 | 25;
        bits |= random.nextInt(8) == 0 ? 0 : 1L << 46;
        bits |= ids.termModel() || random.nextInt(4) > 0 ? 1L << 46 : 0;
        bits |= random.nextInt(4) > 0 ? 1L << 45 : 0;
        bits |= ids.stallModel() == 0 && random.nextInt(3) == 0 ? 1L << 44 : 0;
        bits |= ids.httu() > 0 && random.nextInt(3) == 0 ? 1L << 43 : 0;
        bits |= ids.httu() > 1 && random.nextInt(3) == 0 ? 3L << 42 : 0;
        bits = random.nextInt(10) == 0 ? bits & ~(1L << 31) : bits;
        write64(base(context) + 0x4000, bits);
        write64(base(context) + 0x4008, base(context));
        write64(base(context) + 0x4018, 0xff);
    }

    private void ste(int sid) {
        int[] configs = ids.s2p() ? new int[] {0, 4, 5, 5, 5, 6, 7} : new int[] {0, 4, 5, 5, 5};
        long config = configs[random.nextInt(configs.length)];
        int context = random.nextInt(4);
        long valid = random.nextInt(8) == 0 ? 0 : 1;
        write64(STREAMS + 64L * sid, base(context) + 0x4000 | config << 1 | valid);
        long dw1 = ids.ats() && random.nextInt(2) == 0 ? 1L << 28 : 0;
        dw1 |= random.nextInt(4) == 0 ? 1L << 19 : 0;
        dw1 |= 1L << 44;
        write64(STREAMS + 64L * sid + 8, dw1);
        long vmid = random.nextInt(2);
        long stall = ids.stallModel() == 0 && random.nextInt(3) == 0 ? 1L << 57 : 0;
        long record = random.nextInt(4) == 0 ? 0 : 1L << 58;
        long dw2 = vmid | (25L | 1 << 6 | 3 << 12 | 2 << 16) << 32 | 1L << 51 | stall | record;
        write64(STREAMS + 64L * sid + 16, dw2);
        write64(STREAMS + 64L * sid + 24, base(context) + 0x5000);
    }

    /** Does one thing. */
    void act() {
        int choice = random.nextInt(100);
        if (choice < 34) {
            dma();
        } else if (choice < 46) {
            change();
        } else if (choice < 58) {
            commands();
        } else if (choice < 66) {
            smmu.send(new Request.Events());
        } else if (choice < 73) {
            smmu.send(new Request.Step());
        } else if (choice < 78) {
            smmu.send(new Request.Irqs());
        } else if (choice < 84) {
            readMemory();
        } else if (choice < 90) {
            readRegister();
        } else if (choice < 94) {
            errors();
        } else if (choice < 96) {
            configure();
        } else if (choice < 98) {
            pageRequest();
        } else {
            takeByHand();
        }
    }

    private void dma() {
        boolean write = random.nextBoolean();
        int length = random.nextInt(4) > 0 ? 4 : 1 + random.nextInt(24);
        long page = 0x8020_0000L + 4096L * random.nextInt(18);
        long offset = random.nextInt(4) > 0 ? 8L * random.nextInt(4) : random.nextInt(4096);
        long iova = random.nextInt(8) == 0 ? PAGES + offset : page + offset;
        iova = random.nextInt(24) == 0 ? iova | 1L << 40 + random.nextInt(20) : iova;
        Optional<Integer> ssid =
                ids.ssidSize() > 0 && random.nextInt(8) == 0 ? Optional.of(random.nextInt(3)) : Optional.empty();
        Ats ats = ids.ats() && random.nextInt(8) == 0 ? List.of(Ats.values()).get(random.nextInt(3)) : Ats.UNTRANSLATED;
        byte[] data = new byte[length];
        random.nextBytes(data);
        smmu.send(new Request.Dma(
                random.nextInt(30) == 0 ? 64 : SIDS[random.nextInt(SIDS.length)],
                iova,
                write ? Access.WRITE : Access.READ,
                ssid,
                length,
                write && random.nextInt(8) > 0 ? Optional.of(Bytes.of(data)) : Optional.empty(),
                random.nextInt(4) == 0,
                random.nextInt(6) == 0,
                ats,
                List.of()));
    }

    private void change() {
        switch (random.nextInt(6)) {
            case 0 -> ste(SIDS[random.nextInt(SIDS.length)]);
            case 1 -> cd(random.nextInt(4));
            default -> leaf(random.nextInt(4), random.nextInt(16));
        }
    }

    /** Publishes some commands, and mostly a CMD_SYNC that it waits for. */
    private void commands() {
        int count = 1 + random.nextInt(3);
        if ((produced - consumed & COMMAND_POSITIONS - 1) + count + 1 > 1 << COMMAND_LOG2) {
            readConsumed();
        }
        if ((produced - consumed & COMMAND_POSITIONS - 1) + count + 1 > 1 << COMMAND_LOG2) {
            errors();
            return;
        }
        for (int i = 0; i < count; i++) {
            command(anyCommand(), random.nextLong());
        }
        if (random.nextInt(4) > 0) {
            command(CommandOpcode.CMD_SYNC, random.nextInt(3));
        }
        register("CMDQ_PROD", produced);
        if (random.nextInt(4) > 0) {
            readConsumed();
        }
    }

    private CommandOpcode anyCommand() {
        List<CommandOpcode> all = List.of(CommandOpcode.values());
        CommandOpcode[] usual = {
            CommandOpcode.CMD_CFGI_STE,
            CommandOpcode.CMD_CFGI_STE_RANGE,
            CommandOpcode.CMD_CFGI_CD,
            CommandOpcode.CMD_TLBI_NSNH_ALL,
            CommandOpcode.CMD_TLBI_NH_VA,
            CommandOpcode.CMD_TLBI_NH_ASID,
            CommandOpcode.CMD_RESUME,
            CommandOpcode.CMD_PREFETCH_ADDR
        };
        return random.nextInt(12) == 0 ? all.get(random.nextInt(all.size())) : usual[random.nextInt(usual.length)];
    }

    private void command(CommandOpcode opcode, long variety) {
        int sid = SIDS[random.nextInt(SIDS.length)];
        long dw0 = opcode.code();
        long dw1 = 0;
        switch (opcode) {
            case CMD_SYNC -> {
                dw0 |= (variety & 3) << 12;
                if ((variety & 3) == 1 && ids.msi() && random.nextBoolean()) {
                    dw0 |= (long) random.nextInt() << 32;
                    dw1 = PAGES + 0x100000 + 4L * random.nextInt(2);
                }
            }
            case CMD_CFGI_STE_RANGE -> dw1 = 31;
            case CMD_TLBI_NH_VA -> {
                dw0 |= (long) random.nextInt(4) << 48 | (ids.s2p() ? (long) random.nextInt(2) << 32 : 0);
                dw1 = 0x8020_0000L + 4096L * random.nextInt(16) | variety & 1;
            }
            case CMD_TLBI_NH_ASID -> dw0 |= (long) random.nextInt(4) << 48;
            case CMD_RESUME -> {
                dw0 |= (long) sid << 32 | (variety & 3) << 12;
                dw1 = random.nextInt(3);
            }
            case CMD_PREFETCH_ADDR -> {
                dw0 |= (long) sid << 32;
                dw1 = 0x8020_0000L + 4096L * random.nextInt(16);
            }
            default -> dw0 |= (long) sid << 32;
        }
        dw0 |= random.nextInt(40) == 0 ? 1L << 8 : 0;
        byte[] entry = new byte[16];
        for (int i = 0; i < 8; i++) {
            entry[i] = (byte) (dw0 >>> 8 * i);
            entry[8 + i] = (byte) (dw1 >>> 8 * i);
        }
        long address = COMMANDS + 16L * (produced & (1 << COMMAND_LOG2) - 1);
        smmu.send(new Request.MemWrite(address, Bytes.of(entry), Request.MemWrite.Form.DATA));
        produced = produced + 1 & COMMAND_POSITIONS - 1;
    }

    private void readConsumed() {
        consumed = (int) read("CMDQ_CONS") & COMMAND_POSITIONS - 1;
    }

    private void readMemory() {
        long address = switch (random.nextInt(4)) {
            case 0 -> PAGES + 4096L * random.nextInt(16);
            case 1 -> EVENTS + 32L * random.nextInt(8);
            case 2 -> TABLES + 0x2000 + 8L * random.nextInt(16);
            default -> PAGES + 0x100000;
        };
        smmu.send(new Request.MemRead(address, 8 * (1 + random.nextInt(4))));
    }

    private void readRegister() {
        String[] names = {
            "CR0",
            "CR0ACK",
            "CMDQ_PROD",
            "EVENTQ_PROD",
            "EVENTQ_CONS",
            "GBPA",
            "GERROR",
            "GERRORN",
            "IDR0",
            "IDR5",
            "STRTAB_BASE",
            "CMDQ_BASE",
            "IRQ_CTRL",
            "IRQ_CTRLACK",
            "CR1",
            "CR2",
            "PRIQ_PROD",
            "PRIQ_CONS"
        };
        read(names[random.nextInt(names.length)]);
    }

    /** Looks for global errors, replaces a command that failed, and acknowledges. */
    private void errors() {
        long gerror = read("GERROR");
        if ((gerror & 1) != (gerrorn & 1)) {
            readConsumed();
            long address = COMMANDS + 16L * (consumed & (1 << COMMAND_LOG2) - 1);
            write64(address, CommandOpcode.CMD_SYNC.code());
            write64(address + 8, 0);
        }
        gerrorn = gerror;
        register("GERRORN", gerror);
    }

    private void configure() {
        switch (random.nextInt(4)) {
            case 0 -> {
                control(0xc);
                register("GBPA", 0x8000_1000L | (random.nextInt(3) == 0 ? 1 << 20 : 0));
                for (int i = random.nextInt(4); i >= 0; i--) {
                    dma();
                }
                control(ids.pri() ? 0xf : 0xd);
            }
            case 1 -> {
                control(0x9);
                dma();
                control(ids.pri() ? 0xf : 0xd);
            }
            case 2 -> {
                register("IRQ_CTRL", random.nextInt(8));
                read("IRQ_CTRLACK");
            }
            default -> {
                if (ids.msi()) {
                    register("IRQ_CTRL", 0);
                    read("IRQ_CTRLACK");
                    register("EVENTQ_IRQ_CFG0", PAGES + 0x100010);
                    register("EVENTQ_IRQ_CFG1", random.nextInt(3));
                    register("IRQ_CTRL", 7);
                    read("IRQ_CTRLACK");
                }
            }
        }
    }

    private void pageRequest() {
        if (!ids.pri()) {
            return;
        }
        if (random.nextInt(3) == 0) {
            register("PRIQ_CONS", read("PRIQ_PROD"));
            return;
        }
        smmu.send(new Request.PageRequest(
                SIDS[random.nextInt(SIDS.length)],
                0x8020_0000L,
                random.nextInt(4) == 0 ? List.of() : List.of(Permission.READ),
                ids.ssidSize() > 0 && random.nextBoolean() ? Optional.of(1) : Optional.empty(),
                false,
                random.nextInt(4),
                random.nextBoolean()));
    }

    private void takeByHand() {
        long prod = read("EVENTQ_PROD");
        long cons = read("EVENTQ_CONS");
        for (long at = cons & 15; at != (prod & 15); at = at + 1 & 15) {
            if (random.nextInt(4) > 0) {
                smmu.send(new Request.MemRead(EVENTS + 32 * (at & 7), 32));
            }
        }
        register("EVENTQ_CONS", prod);
    }

    private void write64(long address, long value) {
        smmu.send(new Request.MemWrite(address, ByteStrings.littleEndian(value, 8), Request.MemWrite.Form.VALUE));
    }

    private void register(String name, long value) {
        smmu.send(new Request.RegWrite(new RegisterRef.Named(name), value));
    }

    private long read(String name) {
        return smmu.send(new Request.RegRead(new RegisterRef.Named(name))) instanceof Reply.Value value
                ? value.value()
                : 0;
    }
}
