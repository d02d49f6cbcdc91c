package org.nestor.oracle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.nestor.generators.scenario.Action;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.Permission;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Request;
import org.nestor.smmu.register.Register;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.PageRequest;

/** Actions of a generated scenario as requests of the protocol. */
public final class Requests {
    private Requests() {}

    /** The request that asks for exactly this action. */
    public static Request.Architectural of(Action action) {
        if (action instanceof Action.MemWrite write) {
            return new Request.MemWrite(write.address(), write.data(), Request.MemWrite.Form.DATA);
        } else if (action instanceof Action.MemRead read) {
            return new Request.MemRead(read.address(), read.length());
        } else if (action instanceof Action.RegWrite write) {
            return new Request.RegWrite(named(write.register()), write.value());
        } else if (action instanceof Action.RegRead read) {
            return new Request.RegRead(named(read.register()));
        } else if (action instanceof Action.OffsetWrite write) {
            return new Request.RegWrite(new RegisterRef.Offset(write.offset(), write.size()), write.value());
        } else if (action instanceof Action.OffsetRead read) {
            return new Request.RegRead(new RegisterRef.Offset(read.offset(), read.size()));
        } else if (action instanceof Action.Dma dma) {
            return dma(dma);
        } else if (action instanceof Action.PageRequest page) {
            return page(page.request());
        } else if (action instanceof Action.Events) {
            return new Request.Events();
        } else if (action instanceof Action.Step) {
            return new Request.Step();
        } else if (action instanceof Action.Irqs) {
            return new Request.Irqs();
        }
        return reset((Action.Reset) action);
    }

    private static Request.Reset reset(Action.Reset reset) {
        Map<String, Long> ids = new LinkedHashMap<>();
        for (Register register : Register.values()) {
            Long value = reset.ids().get(register);
            if (value != null) {
                ids.put(register.name(), value);
            }
        }
        return new Request.Reset(ids);
    }

    private static RegisterRef named(Register register) {
        return new RegisterRef.Named(register.name());
    }

    private static Request.Dma dma(Action.Dma dma) {
        return new Request.Dma(
                Integer.toUnsignedLong(dma.streamId()),
                dma.iova(),
                dma.access() == org.nestor.smmu.transaction.Access.WRITE ? Access.WRITE : Access.READ,
                boxed(dma.substreamId()),
                dma.length(),
                dma.data(),
                dma.privileged(),
                dma.instruction(),
                ats(dma.ats()),
                dma.probe());
    }

    private static Ats ats(AtsKind kind) {
        return switch (kind) {
            case UNTRANSLATED -> Ats.UNTRANSLATED;
            case TRANSLATION_REQUEST -> Ats.REQUEST;
            case TRANSLATED -> Ats.TRANSLATED;
        };
    }

    private static Optional<Integer> boxed(OptionalInt value) {
        return value.isPresent() ? Optional.of(value.getAsInt()) : Optional.empty();
    }

    private static Request.PageRequest page(PageRequest page) {
        List<Permission> access = new ArrayList<>();
        if (page.read()) {
            access.add(Permission.READ);
        }
        if (page.write()) {
            access.add(Permission.WRITE);
        }
        if (page.execute()) {
            access.add(Permission.EXEC);
        }
        return new Request.PageRequest(
                Integer.toUnsignedLong(page.streamId()),
                page.address(),
                access,
                page.ssv() ? Optional.of(page.substreamId()) : Optional.empty(),
                page.privileged(),
                page.prgIndex(),
                page.last());
    }
}
