package org.nestor.properties.rule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nestor.rule.RulePlace;

class PlaceScannerTests {

    @TempDir
    private Path root;

    @Test
    void everyKindOfPlaceIsFoundUnderItsName() throws IOException {
        write("one/src/main/java/p/Outer.java", """
                package p;
                import org.nestor.rule.Rule;
                @Rule("A-STE-01")
                class Outer {
                    @Rule("A-STE-02") @Rule(value = "A-STE-03") final int field = 1;
                    @Rule("A-STE-04") Outer() {}
                    @org.nestor.rule.Rule("A-STE-05") void method() {}
                    enum Inner { @Rule("A-STE-06") ITEM }
                    Object anonymous = new Object() { @Rule("A-STE-07") public String toString() { return ""; } };
                }
                """);

        assertEquals(
                List.of(
                        "A-STE-01\tdecided\tp.Outer",
                        "A-STE-02\tdecided\tp.Outer#field",
                        "A-STE-03\tdecided\tp.Outer#field",
                        "A-STE-04\tdecided\tp.Outer#new",
                        "A-STE-05\tdecided\tp.Outer#method",
                        "A-STE-06\tdecided\tp.Outer.Inner#ITEM",
                        "A-STE-07\tdecided\tp.Outer#toString"),
                rows());
    }

    @Test
    void placesOfAllModulesAreSortedByRuleAndThenDecidedBeforeTested() throws IOException {
        write("one/src/test/java/p/T.java", "package p; class T { @Rule(\"A-STE-02\") void t() {} }");
        write("two/src/main/java/p/U.java", "package p; class U { @Rule(\"A-STE-02\") void u() {} }");
        write("two/src/main/java/p/V.java", "package p; class V { @Rule(\"A-CDV-09\") void v() {} }");

        assertEquals(
                List.of("A-CDV-09\tdecided\tp.V#v", "A-STE-02\tdecided\tp.U#u", "A-STE-02\ttested\tp.T#t"), rows());
    }

    @Test
    void constantsOfTheSmmuAreWatched() throws IOException {
        write("one/src/main/java/p/Outer.java", """
                package org.nestor.smmu.p;
                import org.nestor.rule.RuleId;
                class Outer { private static final RuleId BROKEN = RuleId.of("A-STE-01"); int other = 1; }
                """);
        write("one/src/test/java/p/T.java", """
                package org.nestor.smmu.p;
                class T { private static final RuleId BROKEN = RuleId.of("A-STE-02"); }
                """);

        assertEquals(List.of("A-STE-01\twatched\torg.nestor.smmu.p.Outer#BROKEN"), rows());
    }

    @Test
    void elsewhereConstantsAreWatchedThatALogIsTold() throws IOException {
        write("one/src/main/java/p/Outer.java", """
                package p;
                class Outer {
                    private static final RuleId FOUND = RuleId.of("A-STE-01");
                    private static final RuleId TOLD = RuleId.of("A-STE-02");
                    private static final RuleId EITHER = RuleId.of("A-STE-03");
                    void method(RuleLog rules, boolean b) {
                        Finding.of("wrong", FOUND);
                        rules.decided(TOLD);
                        rules.followed(b ? EITHER : TOLD, b);
                    }
                }
                """);

        assertEquals(List.of("A-STE-02\twatched\tp.Outer#TOLD", "A-STE-03\twatched\tp.Outer#EITHER"), rows());
    }

    @Test
    void otherAnnotationsAreNoPlaces() throws IOException {
        write("one/src/main/java/p/Outer.java", "package p; @Deprecated class Outer { @Override void m() {} }");

        assertEquals(List.of(), rows());
    }

    @Test
    void idThatIsNoLiteralIsRefused() throws IOException {
        write("one/src/main/java/p/Outer.java", "package p; @Rule(Ids.STE) class Outer {}");

        assertThrows(IllegalArgumentException.class, this::rows);
    }

    private List<String> rows() throws IOException {
        return new SourceTree(root).places().stream().map(RulePlace::toRow).toList();
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Path module = root.resolve(Path.of(file).getName(0));
        Files.writeString(module.resolve("pom.xml"), "");
    }
}
