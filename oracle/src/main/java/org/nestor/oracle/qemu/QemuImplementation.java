package org.nestor.oracle.qemu;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nestor.memory.Bytes;
import org.nestor.oracle.EventQueueSoftware;
import org.nestor.oracle.IdRegisterValues;
import org.nestor.oracle.ImplementationUnderTest;
import org.nestor.oracle.Objection;
import org.nestor.oracle.PickedData;
import org.nestor.oracle.RequestCheck;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.ErrorCode;
import org.nestor.protocol.Feature;
import org.nestor.protocol.Interrupt;
import org.nestor.protocol.Line;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Profile;
import org.nestor.smmu.register.Register;

/**
 * QEMU's SMMUv3 as an implementation under test. It answers the requests at the architectural interface as far as QEMU's
 * devices can; what they cannot is {@code unsupported}. A QEMU that ended or hangs has gone for good.
 */
public final class QemuImplementation implements ImplementationUnderTest {
    private static final Map<Integer, Interrupt> LINES =
            Map.of(0, Interrupt.EVENTQ, 1, Interrupt.PRIQ, 2, Interrupt.CMDQ_SYNC, 3, Interrupt.GERROR);

    private final Optional<QemuSession> session;
    private final PickedData picked = new PickedData();
    private Optional<Reply> end = Optional.empty();

    QemuImplementation(QemuSession session) {
        this.session = Optional.of(session);
    }

    /** One that did not even start. */
    QemuImplementation(LostPeerException reason) {
        this.session = Optional.empty();
        this.end = Optional.of(new Reply.Failure(reason.code(), reason.reason()));
    }

    @Override
    public Optional<Objection> objection(Request request) {
        return objectionTo(request);
    }

    /** What makes no sense to any QEMU. */
    public static Optional<Objection> objectionTo(Request request) {
        boolean refusedOtherwise = request instanceof Request.Reset;
        return refusedOtherwise
                ? Optional.empty()
                : new RequestCheck(Profile.QEMU.idRegisters(), List.of(PhysicalRam.WINDOW), Integer.MAX_VALUE)
                        .objection(request);
    }

    @Override
    public Reply send(Request request) {
        if (end.isPresent()) {
            return end.get();
        }
        QemuSession running = session.orElseThrow();
        try {
            return refusal(request, running).orElseGet(() -> answer(request, running));
        } catch (LostPeerException e) {
            LostPeerException whole = running.ended(e);
            Reply reply = new Reply.Failure(whole.code(), whole.reason());
            end = Optional.of(reply);
            return reply;
        }
    }

    private static Optional<Reply> refusal(Request request, QemuSession running) {
        return unsupported(request, running)
                .<Reply>map(why -> new Reply.Failure(ErrorCode.UNSUPPORTED, why))
                .or(() -> objectionTo(request).map(Objection::reply));
    }

    private static Optional<String> unsupported(Request request, QemuSession running) {
        if (request instanceof Request.Api || request instanceof Request.PageRequest) {
            return Optional.of(request.op() + ": QEMU does not do this");
        } else if (request instanceof Request.Reset reset && !reset.idr().isEmpty()) {
            return Optional.of("idr: the ID registers are fixed");
        } else if (request instanceof Request.Dma dma) {
            return unsupported(dma, running);
        }
        return Optional.empty();
    }

    private static Optional<String> unsupported(Request.Dma dma, QemuSession running) {
        Optional<DmaPort> port = running.port(dma.sid());
        if (port.isEmpty()) {
            return Optional.of("sid: no device has StreamID 0x" + Long.toHexString(dma.sid()));
        } else if (dma.ssid().isPresent()) {
            return Optional.of("ssid: the devices give none");
        } else if (dma.privileged() || dma.instruction()) {
            return Optional.of("privileged, instruction: the devices only do unprivileged data accesses");
        } else if (dma.ats() != Ats.UNTRANSLATED) {
            return Optional.of("ats: the devices do not use ATS");
        }
        return port.get().refusal(dma);
    }

    private Reply answer(Request request, QemuSession running) {
        SmmuPort smmu = running.smmu();
        if (request instanceof Request.MemWrite write) {
            smmu.writeMemory(write.addr(), write.data().toArray());
        } else if (request instanceof Request.MemRead read) {
            return new Reply.Data(Bytes.of(smmu.memory(read.addr(), read.len())));
        } else if (request instanceof Request.RegWrite write) {
            write(smmu, write);
        } else if (request instanceof Request.RegRead read) {
            return new Reply.Value(read(smmu, read.reg()));
        } else if (request instanceof Request.Dma dma) {
            return dma(dma, running);
        } else if (request instanceof Request.Events) {
            return new EventQueueSoftware(smmu, ids(smmu).eventqs()).take();
        } else if (request instanceof Request.Step) {
            running.settle();
            return new Reply.Stepped(List.of());
        } else if (request instanceof Request.Irqs) {
            return irqs(running);
        } else if (request instanceof Request.Hello) {
            return introduction(running);
        } else if (request instanceof Request.Reset) {
            picked.restart();
            running.reset();
        } else if (request instanceof Request.Bye) {
            running.close();
            end = Optional.of(new Reply.Failure(ErrorCode.DIED, "it was told to end"));
        }
        return new Reply.Done();
    }

    private static void write(SmmuPort smmu, Request.RegWrite write) {
        if (write.reg() instanceof RegisterRef.Offset at) {
            smmu.write(at, write.value());
        } else {
            smmu.write(named(write.reg()), write.value());
        }
    }

    private static long read(SmmuPort smmu, RegisterRef reg) {
        return reg instanceof RegisterRef.Offset at ? smmu.read(at) : smmu.read(named(reg));
    }

    private static Register named(RegisterRef reg) {
        return Register.named(((RegisterRef.Named) reg).name()).orElseThrow();
    }

    private Reply dma(Request.Dma dma, QemuSession running) {
        running.settle();
        DmaPort port = running.port(dma.sid()).orElseThrow();
        if (dma.access() == Access.READ) {
            return port.issue(dma, Bytes.EMPTY);
        }
        Bytes data = dma.data().or(() -> port.ownData(dma.len())).orElseGet(() -> picked.next(dma.len()));
        Reply.Dma done = port.issue(dma, data);
        return dma.data().isPresent() ? done : done.writing(data);
    }

    private static Reply irqs(QemuSession running) {
        return new Reply.Irqs(running.takeRaised().stream()
                .map(line -> Optional.ofNullable(LINES.get(line))
                        .orElseThrow(() -> LostPeerException.died("it has an interrupt output " + line)))
                .toList());
    }

    private static IdRegisters ids(SmmuPort smmu) {
        return IdRegisterValues.of(smmu.read(IdRegisterValues.REGISTERS));
    }

    private static Reply introduction(QemuSession running) {
        return new Reply.Introduction(
                "qemu",
                running.version(),
                Line.VERSION,
                List.of(Feature.IRQS),
                List.of(Machine.DEVICES, PhysicalRam.WINDOW),
                running.ports().stream().map(DmaPort::sid).toList(),
                IdRegisterValues.of(ids(running.smmu())),
                EduPort.BUFFER_BYTES);
    }

    @Override
    public void close() {
        session.ifPresent(QemuSession::close);
    }
}
