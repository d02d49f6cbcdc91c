package org.nestor.campaign;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.nestor.campaign.Played.Exchange;
import org.nestor.protocol.LineWriter;
import org.nestor.protocol.RegisterRef;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.reports.Actor;
import org.nestor.reports.Step;

/** Tells a shrunk case step by step: who does what to whom. The set-up is one step. */
final class Narration {
    /** The header is line 1. */
    private static final int FIRST_LINE = 2;

    private static final int SHOWN_BYTES = 16;

    private Narration() {}

    static List<Step> of(Played played) {
        List<Step> steps = new ArrayList<>();
        if (played.setup() > 0) {
            steps.add(new Step(
                    Actor.SOFTWARE,
                    Optional.of(Actor.SMMU),
                    Optional.of("set-up"),
                    "sets the machine up: " + played.setup() + " requests",
                    OptionalInt.of(FIRST_LINE),
                    played.setup() == played.exchanges().size()));
        }
        for (int i = played.setup(); i < played.exchanges().size(); i++) {
            boolean fails =
                    i == played.exchanges().size() - 1 && played.failure().isPresent();
            steps.add(step(played.exchanges().get(i), FIRST_LINE + i, fails));
        }
        return steps;
    }

    private static Step step(Exchange exchange, int line, boolean fails) {
        Request.Architectural request = exchange.request();
        Reply reply = exchange.reply();
        if (request instanceof Request.MemWrite write) {
            return step(
                    Actor.SOFTWARE,
                    Actor.MEMORY,
                    "write memory",
                    "writes " + hex(write.addr()) + " := "
                            + shortened(write.data().toString()),
                    line,
                    fails);
        } else if (request instanceof Request.MemRead read) {
            return step(
                    Actor.SOFTWARE,
                    Actor.MEMORY,
                    "read memory",
                    "reads " + read.len() + " bytes at " + hex(read.addr()) + answer(reply),
                    line,
                    fails);
        } else if (request instanceof Request.RegWrite write) {
            return step(
                    Actor.SOFTWARE,
                    Actor.SMMU,
                    name(write.reg()),
                    "writes " + name(write.reg()) + " := " + hex(write.value()),
                    line,
                    fails);
        } else if (request instanceof Request.RegRead read) {
            return step(
                    Actor.SOFTWARE,
                    Actor.SMMU,
                    "read " + name(read.reg()),
                    "reads " + name(read.reg()) + answer(reply),
                    line,
                    fails);
        } else if (request instanceof Request.Dma dma) {
            return step(
                    Actor.DEVICE,
                    Actor.SMMU,
                    dma.access().wire() + " " + hex(dma.iova()),
                    describe(dma) + answer(reply),
                    line,
                    fails);
        } else if (request instanceof Request.PageRequest page) {
            return step(
                    Actor.DEVICE,
                    Actor.SMMU,
                    "page request",
                    "asks for the page at " + hex(page.addr()) + answer(reply),
                    line,
                    fails);
        }
        return step(Actor.SOFTWARE, Actor.SMMU, request.op(), request.op() + answer(reply), line, fails);
    }

    private static String describe(Request.Dma dma) {
        return String.format(
                Locale.ROOT,
                "stream %s%s %ss %d bytes at %s%s%s%s",
                hex(dma.sid()),
                dma.ssid().map(ssid -> ", substream " + hex(ssid) + ",").orElse(""),
                dma.access().wire(),
                dma.len(),
                hex(dma.iova()),
                dma.privileged() ? ", privileged" : "",
                dma.instruction() ? ", instruction" : "",
                dma.ats().wire().equals("untranslated")
                        ? ""
                        : ", ATS " + dma.ats().wire());
    }

    private static Step step(Actor actor, Actor to, String label, String text, int line, boolean fails) {
        return new Step(actor, Optional.of(to), Optional.of(label), text, OptionalInt.of(line), fails);
    }

    private static String answer(Reply reply) {
        return reply instanceof Reply.Done ? "" : ": " + shortened(LineWriter.write(reply));
    }

    private static String name(RegisterRef reg) {
        return reg instanceof RegisterRef.Named named
                ? named.name()
                : "offset " + hex(((RegisterRef.Offset) reg).offset());
    }

    private static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    private static String shortened(String text) {
        int longest = 12 * SHOWN_BYTES;
        return text.length() <= longest ? text : text.substring(0, longest) + "...";
    }
}
