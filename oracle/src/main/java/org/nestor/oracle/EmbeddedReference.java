package org.nestor.oracle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.nestor.iommu.Parts;
import org.nestor.memory.Bytes;
import org.nestor.memory.MemoryRegion;
import org.nestor.oracle.api.ApiSession;
import org.nestor.protocol.Access;
import org.nestor.protocol.Ats;
import org.nestor.protocol.Feature;
import org.nestor.protocol.Line;
import org.nestor.protocol.MemoryWindow;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.smmu.CompletedStall;
import org.nestor.smmu.DmaResult;
import org.nestor.smmu.Smmu;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.smmu.register.Register;

/** The reference as an implementation under test. It answers the requests at the architectural interface and at the API. */
public final class EmbeddedReference implements ImplementationUnderTest {
    /** Bytes of the longest DMA. */
    public static final int DMA_MAX_LENGTH = 4096;

    private static final long[] STREAMS = {0, 1, 2, 3, 8, 0x10, 0x20, 0x3f, 0x40, 0x100, 0x1ff, 0x8000, 0xffff};

    private final Smmu smmu;
    private final Parts software;
    private final Map<Integer, Deque<Held>> held = new HashMap<>();
    private final PickedData picked = new PickedData();
    private ApiSession api;

    /**
     * What the reply to a transaction that stalled will need again. A stall tag may be used again before the end of the earlier
     * transaction was told of, so there can be several for one.
     *
     * @param iova its input address
     * @param picked what it writes, when the request left that open
     */
    private record Held(long iova, Optional<Bytes> picked) {}

    /** Drives an SMMU in its power-on state, with a host above it whose software is the reference. */
    public EmbeddedReference(Smmu smmu) {
        this(smmu, Parts.REFERENCE);
    }

    /** Drives an SMMU in its power-on state, with a host above it whose software has those parts. */
    public EmbeddedReference(Smmu smmu, Parts software) {
        this.smmu = smmu;
        this.software = software;
        this.api = new ApiSession(smmu, software);
    }

    @Override
    public Optional<Objection> objection(Request request) {
        if (request instanceof Request.Api call) {
            return ApiSession.objection(call).map(complaint -> Objection.of(complaint.sentence()));
        }
        return new RequestCheck(smmu.ids(), memory(), DMA_MAX_LENGTH).objection(request);
    }

    @Override
    public Reply send(Request request) {
        if (request instanceof Request.Api call) {
            return api.answer(call);
        }
        Request.Architectural architectural = (Request.Architectural) request;
        return objection(request).map(Objection::reply).orElseGet(() -> answer(architectural));
    }

    private Reply answer(Request.Architectural request) {
        if (request instanceof Request.MemWrite write) {
            smmu.memory().write(write.addr(), write.data().toArray());
            return new Reply.Done();
        } else if (request instanceof Request.MemRead read) {
            return new Reply.Data(Bytes.of(smmu.memory().read(read.addr(), read.len())));
        } else if (request instanceof Request.RegWrite write) {
            return writeRegister(write);
        } else if (request instanceof Request.RegRead read) {
            return readRegister(read.reg());
        } else if (request instanceof Request.Dma dma) {
            return dma(dma);
        } else if (request instanceof Request.PageRequest page) {
            return Transactions.reply(smmu.pageRequest(Transactions.of(page)));
        } else if (request instanceof Request.Events) {
            return new EventQueueSoftware(new ReferenceView(smmu), smmu.ids().eventqs()).take();
        } else if (request instanceof Request.Step) {
            api.handleEvents();
            return new Reply.Stepped(smmu.step().stream().map(this::completed).toList());
        } else if (request instanceof Request.Irqs) {
            return new Reply.Irqs(
                    smmu.takeInterrupts().stream().map(Transactions::interrupt).toList());
        } else if (request instanceof Request.Hello) {
            return introduction();
        } else if (request instanceof Request.Reset reset) {
            held.clear();
            picked.restart();
            api = new ApiSession(smmu, software);
            smmu.reset(IdRegisterValues.with(smmu.ids(), reset.idr()));
        }
        return new Reply.Done();
    }

    private Reply writeRegister(Request.RegWrite write) {
        if (write.reg() instanceof RegisterRef.Offset at) {
            smmu.writeRegister(at.offset(), at.size(), write.value());
        } else {
            smmu.write(named(write.reg()), write.value());
        }
        return new Reply.Done();
    }

    private Reply readRegister(RegisterRef reg) {
        return new Reply.Value(
                reg instanceof RegisterRef.Offset at
                        ? smmu.readRegister(at.offset(), at.size())
                        : smmu.read(named(reg)));
    }

    private static Register named(RegisterRef reg) {
        return Register.named(((RegisterRef.Named) reg).name()).orElseThrow();
    }

    private Reply dma(Request.Dma dma) {
        boolean moves = dma.access() == Access.WRITE && dma.ats() != Ats.REQUEST;
        Optional<Bytes> chosen = moves && dma.data().isEmpty() ? Optional.of(picked.next(dma.len())) : Optional.empty();
        byte[] data = moves ? dma.data().or(() -> chosen).orElseThrow().toArray() : new byte[0];
        DmaResult result = smmu.dma(Transactions.of(dma), data, dma.len());
        if (result instanceof DmaResult.Stalled stalled) {
            held.computeIfAbsent(stalled.stag(), stag -> new ArrayDeque<>()).add(new Held(dma.iova(), chosen));
        }
        api.handleEvents();
        return Transactions.reply(result, dma.iova(), chosen, Optional.empty());
    }

    private Reply.Dma completed(CompletedStall end) {
        Held start =
                Optional.ofNullable(held.get(end.stag())).map(Deque::remove).orElseThrow();
        return Transactions.reply(end.result(), start.iova(), start.picked(), Optional.of(end.stag()));
    }

    private Reply introduction() {
        IdRegisters ids = smmu.ids();
        return new Reply.Introduction(
                "nestor",
                Optional.ofNullable(getClass().getPackage().getImplementationVersion())
                        .orElse("0"),
                Line.VERSION,
                features(ids),
                memory(),
                LongStream.of(STREAMS)
                        .filter(sid -> sid >>> ids.sidSize() == 0)
                        .boxed()
                        .toList(),
                IdRegisterValues.of(ids),
                DMA_MAX_LENGTH);
    }

    private static List<Feature> features(IdRegisters ids) {
        List<Feature> features = new ArrayList<>(List.of(Feature.IRQS, Feature.STATUS, Feature.ATTRS));
        if (ids.ssidSize() > 0) {
            features.add(Feature.SSID);
        }
        features.addAll(List.of(Feature.PRIVILEGED, Feature.INSTRUCTION));
        if (ids.ats()) {
            features.add(Feature.ATS);
        }
        if (ids.pri()) {
            features.add(Feature.PRI);
        }
        if (ids.stallMax() > 0) {
            features.add(Feature.STALL);
        }
        features.add(Feature.RESET_IDR);
        return features;
    }

    private List<MemoryWindow> memory() {
        return smmu.memory().regions().stream().map(EmbeddedReference::window).toList();
    }

    private static MemoryWindow window(MemoryRegion region) {
        return new MemoryWindow(region.base(), region.size(), region.device());
    }

    @Override
    public void close() {
        // Nothing outside the heap belongs to it.
    }
}
