package org.nestor.reports;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import java.util.Optional;

/**
 * A cause of divergence, shown by its shrunk case. The members from {@code ending} on may be absent from a file.
 *
 * @param id its id, once in a result
 * @param title what went wrong, in a line
 * @param rules ids of the rules that the verdict rests on
 * @param request the request whose reply diverges, as a line of the protocol
 * @param observed the reply, as a line of the protocol
 * @param allowed what the architecture allows instead
 * @param count how often the campaign met this cause, at least 1
 * @param firstSeed seed of the scenario in which it was met first
 * @param scenario file of the shrunk scenario, relative to the report's folder
 * @param trace file of its trace, relative to the report's folder
 * @param steps what happens in it, in order
 * @param ending how the failing request ended, {@link Ending#REPLIED} if absent
 * @param explanation why the observed reply is not among the allowed ones, a sentence each
 * @param replay the command that shows it again
 * @param declaration the entry of the list of known differences that declares it
 */
public record Divergence(
        String id,
        String title,
        List<String> rules,
        String request,
        String observed,
        List<String> allowed,
        long count,

        @JsonSerialize(using = Hex.Writer.class) @JsonDeserialize(using = Hex.Reader.class)
        long firstSeed,

        String scenario,
        String trace,
        List<Step> steps,
        Optional<Ending> ending,
        @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> explanation,
        Optional<String> replay,
        Optional<Declaration> declaration) {

    public Divergence {
        Checks.require(!id.isBlank(), "id: expected a name");
        Checks.require(count >= 1, "count: expected at least 1, found " + count);
        Checks.fileName("scenario", scenario);
        Checks.fileName("trace", trace);
        rules = List.copyOf(rules);
        allowed = List.copyOf(allowed);
        steps = List.copyOf(steps);
        explanation = List.copyOf(explanation);
    }

    /** Whether a list of known differences declares it. */
    @JsonProperty(value = "known", access = JsonProperty.Access.READ_ONLY)
    public boolean known() {
        return declaration.isPresent();
    }
}
