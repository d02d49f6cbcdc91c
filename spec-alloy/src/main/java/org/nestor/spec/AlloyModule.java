package org.nestor.spec;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.alloy4.ErrorWarning;
import edu.mit.csail.sdg.ast.Command;
import edu.mit.csail.sdg.parser.CompModule;
import edu.mit.csail.sdg.parser.CompUtil;
import edu.mit.csail.sdg.translator.A4Options;
import edu.mit.csail.sdg.translator.TranslateAlloyToKodkod;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import kodkod.engine.satlab.SATFactory;

/** An Alloy module that comes with this project, and its commands. */
public final class AlloyModule {
    private static final String SOLVER = "sat4j";
    private static final int UNSTATED = -1;

    private final String name;
    private final CompModule module;
    private final List<String> warnings;

    private AlloyModule(String name, CompModule module, List<String> warnings) {
        this.name = name;
        this.module = module;
        this.warnings = warnings;
    }

    /**
     * Parses a module.
     *
     * @param name as its module line says, for example {@code smmu/queue}
     * @throws IllegalArgumentException if there is none of that name
     * @throws edu.mit.csail.sdg.alloy4.Err if its text is wrong
     */
    public static AlloyModule load(String name) {
        return parse(name, text(name));
    }

    /** Parses a text as the module of that name. */
    public static AlloyModule parse(String name, String text) {
        // The parser asks this map before it asks for files. It adds to it what it opens, so it must be a mutable one.
        String path = "/" + name + ".als";
        Map<String, String> files = new HashMap<>(Map.of(path, text));
        List<String> warnings = new ArrayList<>();
        A4Reporter reporter = new A4Reporter() {
            @Override
            public void warning(ErrorWarning warning) {
                warnings.add(String.valueOf(warning));
            }
        };
        return new AlloyModule(name, CompUtil.parseEverything_fromFile(reporter, files, path), warnings);
    }

    private static String text(String name) {
        String resource = name + ".als";
        try (InputStream in = AlloyModule.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no module " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return name;
    }

    /** What the parser found doubtful; a module that is in order has none. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Runs each command, in the order of the module. */
    public List<Verdict> verdicts() {
        return module.getAllCommands().stream().map(this::verdict).toList();
    }

    private Verdict verdict(Command command) {
        A4Options options = new A4Options();
        options.solver = SATFactory.get(SOLVER);
        options.inferPartialInstance = false;
        boolean found = TranslateAlloyToKodkod.execute_command(
                        A4Reporter.NOP, module.getAllReachableSigs(), command, options)
                .satisfiable();
        Verdict.Expectation expected = command.expects == UNSTATED
                ? Verdict.Expectation.UNSTATED
                : command.expects == 1 ? Verdict.Expectation.SOME : Verdict.Expectation.NONE;
        return new Verdict(command.label, command.check, expected, found);
    }
}
