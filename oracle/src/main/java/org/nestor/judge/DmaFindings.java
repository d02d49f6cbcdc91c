package org.nestor.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.nestor.judge.DmaMatch.Mismatch;
import org.nestor.protocol.DmaResult;
import org.nestor.protocol.Reply;
import org.nestor.protocol.Request;
import org.nestor.rule.RuleId;

/** Says why a DMA cannot have ended as it did. */
final class DmaFindings {
    private static final RuleId NO_OLD_VALUES = RuleId.of("C-CMP-02");
    private static final int SHOWN = 8;

    private final DmaMatch match;
    private final CommandEffects effects;

    DmaFindings(DmaMatch match, CommandEffects effects) {
        this.match = match;
        this.effects = effects;
    }

    /**
     * A verdict.
     *
     * @param stale how it can have come to end so, if that rests on words that were invalidated
     */
    Verdict of(List<Part> parts, Request.Dma request, Reply.Dma reply, Optional<Ending> stale) {
        Set<RuleId> rules = new TreeSet<>();
        List<String> ways = new ArrayList<>();
        Optional<Mismatch> mismatch = reply.result() == DmaResult.OK ? closest(parts, reply) : Optional.empty();
        for (Part part : parts) {
            for (Ending ending : part.endings()) {
                if (mismatch.isEmpty()) {
                    rules.addAll(ending.rules());
                }
                ways.add((parts.size() > 1 ? "bytes from " + part.from() + ": " : "") + ending.describe());
            }
        }
        boolean translated = request.ats() == org.nestor.protocol.Ats.UNTRANSLATED && reply.result() == DmaResult.OK;
        Finding finding = Finding.of(title(parts, reply, mismatch))
                .rules(rules)
                .observed(observed(request, reply))
                .allowed(ways.subList(0, Math.min(ways.size(), SHOWN)));
        if (translated || rules.isEmpty()) {
            finding.rules(Set.of(NO_OLD_VALUES));
        }
        if (stale.isPresent()) {
            StaleUse use = new StaleUse(stale.get(), effects);
            return finding.rules(use.rules()).because(use.words()).verdict();
        }
        boolean past = parts.stream()
                .flatMap(part -> part.endings().stream())
                .anyMatch(ending -> !ending.past().isEmpty());
        finding.because(
                past
                        ? "no other value that a word on the way may still have leads elsewhere"
                        : "every word on the way can only have the value that memory holds now");
        return finding.because(effects.completed()).verdict();
    }

    private static String title(List<Part> parts, Reply.Dma reply, Optional<Mismatch> mismatch) {
        if (mismatch.isPresent()) {
            return switch (mismatch.get()) {
                case ADDRESS -> "dma reaches the wrong address";
                case ATTRIBUTES -> "dma carries the wrong attributes";
                default -> "dma reads the wrong data";
            };
        }
        Set<String> kinds = new TreeSet<>();
        parts.forEach(part -> part.endings().forEach(ending -> kinds.add(ending.title())));
        return "dma ends with " + reply.result().wire() + " where it may only end with " + String.join(" or ", kinds);
    }

    /** With an allowed access that the reply differs from: in what. */
    private Optional<Mismatch> closest(List<Part> parts, Reply.Dma reply) {
        Optional<Mismatch> closest = Optional.empty();
        for (Part part : parts) {
            for (Ending ending : part.of(Ending.Kind.OK)) {
                Mismatch mismatch = match.mismatch(ending, part, reply);
                if (mismatch != Mismatch.NONE
                        && closest.map(one -> one.compareTo(mismatch) < 0).orElse(true)) {
                    closest = Optional.of(mismatch);
                }
            }
        }
        return closest;
    }

    private static String observed(Request.Dma request, Reply.Dma reply) {
        StringBuilder line = new StringBuilder(request.access().wire())
                .append(" of ")
                .append(request.len())
                .append(" bytes at ")
                .append(Hex.of(request.iova()))
                .append(" of stream ")
                .append(Hex.of(request.sid()));
        request.ssid().ifPresent(ssid -> line.append(", substream ").append(Hex.of(ssid)));
        line.append(": ").append(reply.result().wire());
        reply.pa().ifPresent(pa -> line.append(" pa ").append(Hex.of(pa)));
        reply.attrs().ifPresent(attrs -> line.append(" as ").append(words(attrs)));
        return line.toString();
    }

    private static String words(org.nestor.protocol.Attributes attrs) {
        List<String> words = new ArrayList<>();
        attrs.type().ifPresent(type -> words.add(type.wire()));
        attrs.inner().ifPresent(inner -> words.add("inner " + inner.wire()));
        attrs.outer().ifPresent(outer -> words.add("outer " + outer.wire()));
        attrs.shareability().ifPresent(domain -> words.add(domain.wire()));
        attrs.privileged().filter(yes -> yes).ifPresent(yes -> words.add("privileged"));
        attrs.instruction().filter(yes -> yes).ifPresent(yes -> words.add("instruction"));
        return String.join(" ", words);
    }
}
