package org.nestor.properties;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The directions between modules and between packages, and what no part of the model may do. */
@TestInstance(Lifecycle.PER_CLASS)
class ArchitectureTests {

    private static final String OURS = "org.nestor..";

    private JavaClasses nestor;

    @BeforeAll
    void readTheClasses() {
        nestor = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .withImportOption(location -> !location.contains("/jmh_generated/"))
                .importPackages("org.nestor");
    }

    /** Without this, a class path that lacks a module would satisfy every rule below. */
    @Test
    void everyModuleIsLookedAt() {
        Set<MavenModule> seen =
                nestor.stream().map(MavenModule::of).flatMap(Optional::stream).collect(toSet());
        assertEquals(EnumSet.allOf(MavenModule.class), seen);
    }

    /** The packages that the rules below name: renaming one must not switch its rule off. */
    @ParameterizedTest
    @CsvSource({"org.nestor.rule", "org.nestor.memory", "org.nestor.smmu.format", "org.nestor.smmu.walk"})
    void packageThatRulesNameExists(String name) {
        assertTrue(nestor.containPackage(name), name);
    }

    @ParameterizedTest
    @EnumSource
    void moduleUsesOnlyTheModulesBelowIt(MavenModule module) {
        holds(noClasses().that(module.members()).should().dependOnClassesThat(module.forbidden()));
    }

    @Test
    void packageBelongsToOneModule() {
        Map<String, Set<MavenModule>> owners = nestor.stream()
                .filter(type -> MavenModule.of(type).isPresent())
                .collect(groupingBy(
                        JavaClass::getPackageName,
                        mapping(type -> MavenModule.of(type).orElseThrow(), toSet())));
        owners.values().removeIf(modules -> modules.size() == 1);
        assertEquals(Map.of(), owners);
    }

    @ParameterizedTest
    @CsvSource({
        "org.nestor.rule, org.nestor.rule",
        "org.nestor.memory, org.nestor.rule|org.nestor.memory",
        "org.nestor.smmu.format, org.nestor.rule|org.nestor.smmu.format",
        "org.nestor.smmu.., org.nestor.rule|org.nestor.memory|org.nestor.smmu..",
    })
    void packageUsesOnlyThePackagesBelowIt(String user, String used) {
        DescribedPredicate<JavaClass> allowed = resideInAnyPackage(used.split("\\|", -1));
        holds(noClasses()
                .that()
                .resideInAPackage(user)
                .should()
                .dependOnClassesThat(resideInAPackage(OURS).and(not(allowed))));
    }

    @Test
    void partsOfTheSmmuDoNotKnowItsFacade() {
        holds(noClasses()
                .that()
                .resideInAPackage("org.nestor.smmu.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.nestor.smmu"));
    }

    @Test
    void packagesFormNoCycle() {
        holds(slices().matching("org.nestor.(**)").should().beFreeOfCycles());
    }

    @Test
    void noStaticFieldIsAssignedTwice() {
        holds(fields().that()
                .areDeclaredInClassesThat()
                .resideInAPackage(OURS)
                .and()
                .areStatic()
                .should()
                .beFinal());
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = nestor.stream()
                .map(JavaClass::getPackage)
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(found -> found.getName())
                .collect(toSet());
        assertEquals(Set.of(), unmarked);
    }

    @Test
    void referenceWritesToNoStandardStream() {
        holds(noClasses().that(MavenModule.REFERENCE_IMPL.members()).should(ACCESS_STANDARD_STREAMS));
    }

    @Test
    void referenceDoesNotUseTheLogOfTheJdk() {
        holds(noClasses()
                .that(MavenModule.REFERENCE_IMPL.members())
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.logging.."));
    }

    @ParameterizedTest
    @EnumSource(names = {"REFERENCE_IMPL", "GENERATORS"})
    void modelDependsOnNoClockAndNoUnseededRandomness(MavenModule module) {
        holds(noClasses()
                .that(module.members())
                .should()
                .callCodeUnitWhere(describe("the answer differs from run to run", Unsteady::is)));
    }

    /** A package that does not exist yet breaks no rule. */
    private void holds(ArchRule rule) {
        rule.allowEmptyShould(true).check(nestor);
    }
}
