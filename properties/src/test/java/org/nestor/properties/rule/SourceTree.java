package org.nestor.properties.rule;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.nestor.rule.RulePlace;

/** The checked-out sources of all modules. */
record SourceTree(Path root) {

    /** The tree that holds the module whose tests are running. */
    static SourceTree ofThisBuild() {
        Path module = Path.of(System.getProperty("basedir", System.getProperty("user.dir")))
                .toAbsolutePath();
        for (Path folder = module; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("reference-impl")) && Files.exists(folder.resolve("pom.xml"))) {
                return new SourceTree(folder);
            }
        }
        throw new IllegalStateException("no reactor root above " + module);
    }

    /** A checked-in resource of the rule package. */
    Path ruleResource(String name) {
        return root.resolve("reference-impl/src/main/resources/org/nestor/rule").resolve(name);
    }

    /** Every place with a rule annotation, in all modules. */
    SortedSet<RulePlace> places() throws IOException {
        SortedSet<RulePlace> places = new TreeSet<>();
        for (Path module : modules()) {
            collect(module.resolve("src/main/java"), RulePlace.Kind.DECIDED, places);
            collect(module.resolve("src/test/java"), RulePlace.Kind.TESTED, places);
        }
        return places;
    }

    private List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(root)) {
            return folders.filter(folder -> Files.exists(folder.resolve("pom.xml")))
                    .sorted()
                    .toList();
        }
    }

    private static void collect(Path sources, RulePlace.Kind kind, SortedSet<RulePlace> places) throws IOException {
        for (CompilationUnitTree source : parse(javaFiles(sources))) {
            new PlaceScanner(kind).scan(source, places);
        }
    }

    private static List<Path> javaFiles(Path sources) throws IOException {
        if (!Files.isDirectory(sources)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(sources)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }

    private static Iterable<? extends CompilationUnitTree> parse(List<Path> files) throws IOException {
        if (files.isEmpty()) {
            return List.of();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task = (JavacTask) compiler.getTask(
                    null, manager, null, List.of("-proc:none"), null, manager.getJavaFileObjectsFromPaths(files));
            return task.parse();
        }
    }
}
