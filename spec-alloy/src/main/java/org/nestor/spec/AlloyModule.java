package org.nestor.spec;

import edu.mit.csail.sdg.alloy4.A4Reporter;
import edu.mit.csail.sdg.alloy4.ErrorWarning;
import edu.mit.csail.sdg.parser.CompModule;
import edu.mit.csail.sdg.parser.CompUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** An Alloy module that comes with this project, and its commands. */
public final class AlloyModule {
    private static final List<String> NAMES = List.of(
            "smmu/queue",
            "smmu/features",
            "smmu/ste",
            "smmu/cd",
            "smmu/tags",
            "smmu/invalidation",
            "smmu/nested",
            "smmu/steupdate",
            "iommu/domain",
            "iommu/msi");

    private final String name;
    private final CompModule module;
    private final List<String> warnings;

    private AlloyModule(String name, CompModule module, List<String> warnings) {
        this.name = name;
        this.module = module;
        this.warnings = warnings;
    }

    /** The names of all modules, in the order in which they are best read. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * Parses a module.
     *
     * @param name as its module line says, for example {@code smmu/queue}
     * @throws IllegalArgumentException if there is none of that name
     * @throws edu.mit.csail.sdg.alloy4.Err if its text is wrong
     */
    public static AlloyModule load(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no module " + name);
        }
        return parse(name, text(name));
    }

    /** Parses a text as the module of that name. It may open the modules of this project. */
    public static AlloyModule parse(String name, String text) {
        // The parser asks this map before it asks for files. It adds to it what it opens, so it must be a mutable one.
        Map<String, String> files = new HashMap<>();
        NAMES.forEach(known -> files.put(path(known), text(known)));
        files.put(path(name), text);
        List<String> warnings = new ArrayList<>();
        A4Reporter reporter = new A4Reporter() {
            @Override
            public void warning(ErrorWarning warning) {
                warnings.add(String.valueOf(warning));
            }
        };
        return new AlloyModule(name, CompUtil.parseEverything_fromFile(reporter, files, path(name)), warnings);
    }

    private static String path(String name) {
        return "/" + name + ".als";
    }

    /** The text of a module of this project. */
    public static String text(String name) {
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

    /** The commands, in the order of the module. */
    public List<AlloyCommand> commands() {
        return module.getAllCommands().stream()
                .map(command -> new AlloyCommand(this, command))
                .toList();
    }

    /** Runs each command with the default solver. */
    public List<Verdict> verdicts() {
        return commands().stream().map(command -> command.run().verdict()).toList();
    }

    /** The module as Alloy has parsed it. */
    public CompModule parsed() {
        return module;
    }
}
