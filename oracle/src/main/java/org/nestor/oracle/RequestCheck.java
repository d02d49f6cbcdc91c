package org.nestor.oracle;

import java.util.List;
import java.util.Optional;
import org.nestor.protocol.MemoryWindow;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Request;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** Finds what makes no sense to an implementation that lives in this program, whatever state it is in. */
public final class RequestCheck {
    private final IdRegisters ids;
    private final List<MemoryWindow> memory;
    private final int dmaMaxLength;

    /**
     * @param ids the ID registers, some of which a reset may replace
     * @param memory where there is memory
     * @param dmaMaxLength bytes of the longest DMA
     */
    public RequestCheck(IdRegisters ids, List<MemoryWindow> memory, int dmaMaxLength) {
        this.ids = ids;
        this.memory = List.copyOf(memory);
        this.dmaMaxLength = dmaMaxLength;
    }

    /** What is wrong with a request. */
    public Optional<Objection> objection(Request request) {
        if (request instanceof Request.Reset reset) {
            return IdRegisterValues.objection(ids, reset.idr()).map(message -> new Objection("idr", message));
        } else if (request instanceof Request.MemWrite write) {
            return unaligned(write).or(() -> outside(write.addr(), write.data().length()));
        } else if (request instanceof Request.MemRead read) {
            return outside(read.addr(), read.len());
        } else if (request instanceof Request.RegWrite write) {
            return register(write.reg()).or(() -> tooWide(write));
        } else if (request instanceof Request.RegRead read) {
            return register(read.reg());
        } else if (request instanceof Request.Dma dma && dma.len() > dmaMaxLength) {
            return Optional.of(new Objection("len", "expected at most dmaMaxLength, that is " + dmaMaxLength));
        }
        return Optional.empty();
    }

    private static Optional<Objection> unaligned(Request.MemWrite write) {
        int size = write.data().length();
        return write.form() == Request.MemWrite.Form.VALUE && write.addr() % size != 0
                ? Optional.of(new Objection("addr", "expected a multiple of " + size + ", the size of the value"))
                : Optional.empty();
    }

    private Optional<Objection> outside(long addr, long length) {
        if (memory.stream().anyMatch(window -> window.contains(addr, length))) {
            return Optional.empty();
        }
        return Optional.of(new Objection(
                "addr",
                "expected " + length + " bytes within memory, found " + hex(addr) + " (memory: "
                        + String.join(
                                ", ", memory.stream().map(RequestCheck::range).toList()) + ")"));
    }

    private static String range(MemoryWindow window) {
        return hex(window.base()) + " to " + hex(window.base() + (window.size() - 1));
    }

    private static Optional<Objection> register(RegisterRef reg) {
        if (reg instanceof RegisterRef.Named named) {
            return Register.named(named.name()).isPresent()
                    ? Optional.empty()
                    : Optional.of(new Objection("reg", "expected the name of a register, found " + named.name()));
        }
        RegisterRef.Offset at = (RegisterRef.Offset) reg;
        if (at.offset() < 0 || at.offset() >= Smmu.REGISTER_BYTES) {
            return Optional.of(new Objection("reg", "expected an offset below " + hex(Smmu.REGISTER_BYTES)));
        }
        return at.offset() % at.size() == 0
                ? Optional.empty()
                : Optional.of(new Objection("reg", "expected a multiple of " + at.size() + ", the size of the access"));
    }

    private static Optional<Objection> tooWide(Request.RegWrite write) {
        boolean narrow = write.reg() instanceof RegisterRef.Named named
                && Register.named(named.name()).orElseThrow().width() == Integer.SIZE;
        return narrow && write.value() >>> Integer.SIZE != 0
                ? Optional.of(
                        new Objection("value", "expected 32 bits, the register's width, found " + hex(write.value())))
                : Optional.empty();
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }
}
