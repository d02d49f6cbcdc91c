package org.nestor.oracle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nestor.memory.Bytes;
import org.nestor.protocol.Access;
import org.nestor.protocol.Attributes;
import org.nestor.protocol.Cacheability;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.MemoryType;
import org.nestor.protocol.PageRequestResult;
import org.nestor.protocol.PageResponseCode;
import org.nestor.protocol.Permission;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.protocol.Shareability;
import org.nestor.smmu.OutputAttributes;
import org.nestor.smmu.transaction.AtsKind;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.PageRequest;
import org.nestor.smmu.transaction.Transaction;
import org.nestor.smmu.walk.TranslationOutcome;

/** Translates between the protocol's words for transactions and the SMMU's. */
public final class Transactions {
    private static final MemoryType[] DEVICE_TYPES = {
        MemoryType.DEVICE_NGNRNE, MemoryType.DEVICE_NGNRE, MemoryType.DEVICE_NGRE, MemoryType.DEVICE_GRE
    };

    private Transactions() {}

    /** The SMMU's transaction for a request; attributes are those of a coherent client. */
    public static Transaction of(Request.Dma dma) {
        return new Transaction(
                (int) dma.sid(),
                dma.ssid().isPresent(),
                dma.ssid().orElse(0),
                dma.iova(),
                dma.access() == Access.READ
                        ? org.nestor.smmu.transaction.Access.READ
                        : org.nestor.smmu.transaction.Access.WRITE,
                dma.privileged(),
                dma.instruction(),
                switch (dma.ats()) {
                    case UNTRANSLATED -> AtsKind.UNTRANSLATED;
                    case REQUEST -> AtsKind.TRANSLATION_REQUEST;
                    case TRANSLATED -> AtsKind.TRANSLATED;
                },
                MemoryAttributes.WRITE_BACK);
    }

    /** The SMMU's page request for a request. */
    public static PageRequest of(Request.PageRequest page) {
        return new PageRequest(
                (int) page.sid(),
                page.ssid().isPresent(),
                page.ssid().orElse(0),
                page.addr(),
                page.access().contains(Permission.READ),
                page.access().contains(Permission.WRITE),
                page.access().contains(Permission.EXEC),
                page.privileged(),
                page.last(),
                page.prgIndex());
    }

    /**
     * What became of a transaction.
     *
     * @param iova the input address that a translation is for
     * @param picked what a write wrote when the request left that open
     * @param stag of a transaction that had stalled
     */
    static Reply.Dma reply(
            org.nestor.smmu.DmaResult result, long iova, Optional<Bytes> picked, Optional<Integer> stag) {
        if (result instanceof org.nestor.smmu.DmaResult.Ok ok) {
            Optional<Bytes> data = ok.data().length() == 0 ? picked : Optional.of(ok.data());
            return new Reply.Dma(
                    DmaResult.OK,
                    Optional.of(ok.physicalAddress()),
                    data,
                    Optional.of(attributes(ok.attributes())),
                    stag,
                    Optional.empty(),
                    Optional.empty());
        } else if (result instanceof org.nestor.smmu.DmaResult.AtsCompleted translation) {
            return translated(translation, iova);
        } else if (result instanceof org.nestor.smmu.DmaResult.Stalled stalled) {
            return plain(DmaResult.STALL, picked, Optional.of(stalled.stag()));
        }
        boolean silent = result instanceof org.nestor.smmu.DmaResult.RazWi;
        return plain(silent ? DmaResult.RAZWI : DmaResult.ABORT, picked, stag);
    }

    private static Reply.Dma plain(DmaResult result, Optional<Bytes> data, Optional<Integer> stag) {
        return new Reply.Dma(
                result, Optional.empty(), data, Optional.empty(), stag, Optional.empty(), Optional.empty());
    }

    /** Without a right there is no translation, and so no address. */
    private static Reply.Dma translated(org.nestor.smmu.DmaResult.AtsCompleted answer, long iova) {
        boolean any = !answer.permissions().isEmpty();
        TranslationOutcome.Translated translation = answer.translation();
        return new Reply.Dma(
                DmaResult.OK,
                Optional.of(translation.physicalAddress(iova)).filter(pa -> any),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(permissions(answer.permissions())),
                Optional.of(translation.offsetMask() + 1).filter(size -> any));
    }

    private static List<Permission> permissions(Set<TranslationOutcome.Permission> granted) {
        List<Permission> rights = new ArrayList<>();
        if (granted.contains(TranslationOutcome.Permission.READ)) {
            rights.add(Permission.READ);
        }
        if (granted.contains(TranslationOutcome.Permission.WRITE)) {
            rights.add(Permission.WRITE);
        }
        if (granted.contains(TranslationOutcome.Permission.EXECUTE)) {
            rights.add(Permission.EXEC);
        }
        return rights;
    }

    /** The attributes of an access in the protocol's words. */
    public static Attributes attributes(OutputAttributes output) {
        MemoryAttributes memory = output.memory();
        Optional<MemoryAttributes> normal = Optional.of(memory).filter(type -> !type.isDevice());
        return new Attributes(
                Optional.of(memory.isDevice() ? DEVICE_TYPES[memory.memAttr()] : MemoryType.NORMAL),
                normal.map(type -> cacheability(type.inner())),
                normal.map(type -> cacheability(type.outer())),
                Optional.of(
                        switch (memory.shareability()) {
                            case NON_SHAREABLE -> Shareability.NON_SHAREABLE;
                            case INNER_SHAREABLE -> Shareability.INNER_SHAREABLE;
                            case OUTER_SHAREABLE -> Shareability.OUTER_SHAREABLE;
                        }),
                Optional.of(output.access().privileged()),
                Optional.of(output.access().instruction()));
    }

    private static Cacheability cacheability(int code) {
        return switch (code) {
            case 1 -> Cacheability.NON_CACHEABLE;
            case 2 -> Cacheability.WRITE_THROUGH;
            default -> Cacheability.WRITE_BACK;
        };
    }

    static Reply reply(org.nestor.smmu.queue.PageRequestResult result) {
        if (result instanceof org.nestor.smmu.queue.PageRequestResult.Answered answered) {
            PageResponseCode code = switch (answered.response().code()) {
                case SUCCESS -> PageResponseCode.SUCCESS;
                case INVALID_REQUEST -> PageResponseCode.INVALID;
                case RESPONSE_FAILURE -> PageResponseCode.FAILURE;
            };
            return new Reply.PageRequest(PageRequestResult.RESPONSE, Optional.of(code));
        }
        boolean queued = result instanceof org.nestor.smmu.queue.PageRequestResult.Queued;
        return new Reply.PageRequest(queued ? PageRequestResult.QUEUED : PageRequestResult.DROPPED, Optional.empty());
    }

    static org.nestor.protocol.Interrupt interrupt(org.nestor.smmu.interrupt.Interrupt raised) {
        return Arrays.stream(org.nestor.protocol.Interrupt.values())
                .filter(known -> known.wire().equals(raised.label()))
                .findFirst()
                .orElseThrow();
    }
}
