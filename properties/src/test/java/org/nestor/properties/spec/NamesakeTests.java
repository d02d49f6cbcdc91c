package org.nestor.properties.spec;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.spec.AlloyCommand;
import org.nestor.spec.AlloyModule;

/** What a module asserts, a test or a property of the same name asks of the Java. */
class NamesakeTests {
    private static final List<JavaClass> PAIRED = new ClassFileImporter()
            .importPackages("org.nestor.properties").stream()
                    .filter(each -> each.isAnnotatedWith(PairedWith.class))
                    .toList();

    static List<String> modules() {
        return AlloyModule.names();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyAssertHasANamesake(String name) {
        AlloyModule module = AlloyModule.load(name);
        Set<String> without = asserts(module);
        PAIRED.stream()
                .filter(each ->
                        each.getAnnotationOfType(PairedWith.class).value().equals(name))
                .flatMap(each -> names(each, module))
                .forEach(without::remove);
        assertEquals(Set.of(), without);
    }

    private static Set<String> asserts(AlloyModule module) {
        return module.commands().stream()
                .filter(AlloyCommand::check)
                .map(AlloyCommand::label)
                .collect(toCollection(TreeSet::new));
    }

    private static Stream<String> names(JavaClass paired, AlloyModule module) {
        Stream<String> methods =
                paired.getMethods().stream().filter(NamesakeTests::isTest).map(JavaMethod::getName);
        boolean eachStep = paired.getAnnotationOfType(PairedWith.class).eachStep();
        return eachStep ? Stream.concat(methods, SpecClaims.asserts(module).stream()) : methods;
    }

    private static boolean isTest(JavaMethod method) {
        return method.isAnnotatedWith(Test.class)
                || method.isAnnotatedWith(ParameterizedTest.class)
                || method.isAnnotatedWith(Property.class);
    }

    @Test
    void everyPairedClassIsOfAModule() {
        Set<String> modules = PAIRED.stream()
                .map(each -> each.getAnnotationOfType(PairedWith.class).value())
                .collect(toSet());
        assertEquals(Set.copyOf(AlloyModule.names()), modules);
    }
}
