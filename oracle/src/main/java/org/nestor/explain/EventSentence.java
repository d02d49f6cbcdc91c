package org.nestor.explain;

import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/** What an event record tells, in one sentence. */
final class EventSentence {

    private EventSentence() {}

    static String of(EventType type, EventRecord event) {
        return switch (type) {
            case F_UUT -> "unsupported transaction, " + access(event);
            case C_BAD_STREAMID -> stream(event) + " has no STE";
            case F_STE_FETCH -> fetch("the STE or L1STD", event);
            case C_BAD_STE -> "the STE of " + stream(event) + " is ILLEGAL";
            case F_BAD_ATS_TREQ ->
                "%s asked for a translation of 0x%x without leave".formatted(stream(event), event.inputAddress());
            case F_STREAM_DISABLED -> "a transaction of " + stream(event) + " whose SubstreamID S1DSS forbids";
            case F_TRANSL_FORBIDDEN ->
                "%s used the translated address 0x%x without leave".formatted(stream(event), event.inputAddress());
            case C_BAD_SUBSTREAMID ->
                "StreamID 0x%x has no CD for SubstreamID 0x%x".formatted(event.streamId(), event.substreamId());
            case F_CD_FETCH -> fetch("the CD or L1CD", event);
            case C_BAD_CD -> "the CD of " + stream(event) + " is ILLEGAL";
            case F_WALK_EABT ->
                "external abort on the stage %s descriptor at 0x%x%s, %s"
                        .formatted(event.s2() ? "2" : "1", event.fetchAddress(), origin(event), access(event));
            case F_TRANSLATION -> fault("has no translation", event);
            case F_ADDR_SIZE -> fault("gives an address that is too large", event);
            case F_ACCESS -> fault("has the Access flag clear", event);
            case F_PERMISSION -> fault("does not permit the access", event);
            case F_TLB_CONFLICT -> "conflicting TLB entries, " + access(event);
            case F_CFG_CONFLICT -> "conflicting cached configuration of " + stream(event);
            case E_PAGE_REQUEST ->
                "%s hints that it will use 0x%x".formatted(stream(event), event.inputAddress() & -4096L);
            case F_VMS_FETCH -> fetch("the VMS", event);
        };
    }

    private static String stream(EventRecord event) {
        String substream = event.layout().find("SSV").isPresent() && event.ssv()
                ? ", SubstreamID 0x%x".formatted(event.substreamId())
                : "";
        return "StreamID 0x%x".formatted(event.streamId()) + substream;
    }

    private static String fetch(String what, EventRecord event) {
        return "external abort on %s of %s, read at 0x%x".formatted(what, stream(event), event.fetchAddress());
    }

    private static String access(EventRecord event) {
        return "%s %s %s at 0x%x by %s"
                .formatted(
                        event.pnu() ? "privileged" : "unprivileged",
                        event.ind() ? "instruction" : "data",
                        event.rnw() ? "read" : "write",
                        event.inputAddress(),
                        stream(event));
    }

    private static String fault(String what, EventRecord event) {
        String stage = event.s2()
                ? "stage 2 %s for IPA 0x%x%s".formatted(what, event.ipa(), origin(event))
                : "stage 1 " + what;
        String end = event.stall() ? "stalled, STAG 0x%x".formatted(event.stag()) : "terminated";
        return stage + ", " + access(event) + "; " + end;
    }

    private static String origin(EventRecord event) {
        if (!event.s2()) {
            return "";
        }
        return switch (event.faultClass()) {
            case 0 -> " of a CD fetch";
            case 1 -> " of a stage 1 table access";
            default -> "";
        };
    }
}
