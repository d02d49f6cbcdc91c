package org.nestor.cli;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.nestor.explain.Explainer;
import org.nestor.explain.Explanation;
import org.nestor.explain.JsonReport;
import org.nestor.explain.MalformedInputException;
import org.nestor.explain.TextReport;
import org.nestor.rule.RuleCatalogue;
import org.nestor.smmu.config.StreamWorld;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.Profile;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nestor explain}: decodes a structure, queue entry or register from hex, field by field. */
@Command(
        name = "explain",
        description = {
            "Decodes a structure, queue entry or register field by field, and names the rules that it breaks.",
            "",
            "HEX is the whole structure: bytes in memory order (in as many words as you like), or 64-bit"
                    + " doublewords with 0x, DW0 first. For a register: its name and its value.",
            ""
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:decoded, legal or not", "2:wrong usage or input"})
public final class ExplainCommand implements Callable<Integer> {

    // Replaced by picocli before the command runs.
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "STRUCT",
            converter = KindConverter.class,
            description = "ste, cd, l1std, l1cd, s1desc, s2desc, command, event, pri or reg.")
    private Kind kind = Kind.STE;

    @Parameters(index = "1..*", paramLabel = "HEX", arity = "1..*", description = "The bits.")
    private List<String> words = List.of();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            converter = ProfileConverter.class,
            defaultValue = "full",
            description = "ID registers to judge by: full (default), qemu or minimal.")
    private Profile profile = Profile.FULL;

    @Option(
            names = "--level",
            paramLabel = "N",
            defaultValue = "3",
            description = "Level of the table that holds the descriptor, 0 to 3 (default 3).")
    private int level = 3;

    @Option(
            names = "--granule",
            paramLabel = "SIZE",
            converter = GranuleConverter.class,
            defaultValue = "4k",
            description = "Granule of the descriptor's table: 4k (default), 16k or 64k.")
    private Granule granule = Granule.KB4;

    @Option(
            names = "--world",
            paramLabel = "WORLD",
            converter = WorldConverter.class,
            defaultValue = "ns-el1",
            description = "StreamWorld of the CD: ns-el1 (default), el2 or el2-e2h.")
    private StreamWorld world = StreamWorld.NS_EL1;

    @Option(names = "--json", description = "One JSON object on one line.")
    private boolean json;

    /** What can be explained. */
    enum Kind {
        STE,
        CD,
        L1STD,
        L1CD,
        S1DESC,
        S2DESC,
        COMMAND,
        EVENT,
        PRI,
        REG
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Explanation explanation = explanation();
        if (json) {
            out.println(JsonReport.line(explanation));
        } else {
            new TextReport(out, RuleCatalogue.load()).print(explanation);
        }
        out.flush();
        return 0;
    }

    private Explanation explanation() {
        try {
            return explain(new Explainer(profile));
        } catch (MalformedInputException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Explanation explain(Explainer explainer) throws MalformedInputException {
        return switch (kind) {
            case STE -> explainer.ste(words);
            case CD -> explainer.cd(words, world);
            case L1STD -> explainer.l1std(words);
            case L1CD -> explainer.l1cd(words);
            case S1DESC -> explainer.descriptor(true, words, granule, level);
            case S2DESC -> explainer.descriptor(false, words, granule, level);
            case COMMAND -> explainer.command(words);
            case EVENT -> explainer.event(words);
            case PRI -> explainer.pri(words);
            case REG -> explainer.register(words);
        };
    }

    private static TypeConversionException unexpected(String found, String expected) {
        return new TypeConversionException("found '" + found + "': expected " + expected);
    }

    /** Reads a kind in lower case. */
    static final class KindConverter implements ITypeConverter<Kind> {

        @Override
        public Kind convert(String name) {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(name))
                    .findFirst()
                    .orElseThrow(() ->
                            unexpected(name, "one of ste, cd, l1std, l1cd, s1desc, s2desc, command, event, pri, reg"));
        }
    }

    /** Reads a profile name. */
    static final class ProfileConverter implements ITypeConverter<Profile> {

        @Override
        public Profile convert(String name) {
            return Profile.named(name).orElseThrow(() -> unexpected(name, "one of full, qemu, minimal"));
        }
    }

    /** Reads 4k, 16k or 64k. */
    static final class GranuleConverter implements ITypeConverter<Granule> {

        @Override
        public Granule convert(String name) {
            return Arrays.stream(Granule.values())
                    .filter(granule -> ((1 << granule.shift() - 10) + "k").equals(name))
                    .findFirst()
                    .orElseThrow(() -> unexpected(name, "one of 4k, 16k, 64k"));
        }
    }

    /** Reads a StreamWorld in lower case with dashes. */
    static final class WorldConverter implements ITypeConverter<StreamWorld> {

        @Override
        public StreamWorld convert(String name) {
            return Arrays.stream(StreamWorld.values())
                    .filter(world -> world.name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-')
                            .equals(name))
                    .findFirst()
                    .orElseThrow(() -> unexpected(name, "one of ns-el1, el2, el2-e2h"));
        }
    }
}
