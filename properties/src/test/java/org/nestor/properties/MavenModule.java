package org.nestor.properties;

import static com.tngtech.archunit.base.DescribedPredicate.describe;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The Maven modules of Nestor, and which of them each may use. */
enum MavenModule {
    SPEC_ALLOY("spec-alloy"),
    REFERENCE_IMPL("reference-impl"),
    GENERATORS("generators", SPEC_ALLOY, REFERENCE_IMPL),
    REPORTS("reports"),
    ORACLE("oracle", GENERATORS, SPEC_ALLOY, REFERENCE_IMPL, REPORTS);

    private final String directory;
    private final Set<MavenModule> uses;

    MavenModule(String directory, MavenModule... uses) {
        this.directory = directory;
        this.uses = Set.of(uses);
    }

    /** The module from whose directory or jar a class was read: package names cannot tell, places can. */
    static Optional<MavenModule> of(JavaClass type) {
        return type.getSource()
                .map(source -> source.getUri().toString())
                .flatMap(uri -> Arrays.stream(values())
                        .filter(module -> module.holds(uri))
                        .findFirst());
    }

    private boolean holds(String uri) {
        return uri.contains("/" + directory + "/target/") || uri.contains("/org/nestor/" + directory + "/");
    }

    DescribedPredicate<JavaClass> members() {
        return describe("belong to " + directory, type -> of(type).equals(Optional.of(this)));
    }

    DescribedPredicate<JavaClass> forbidden() {
        String allowed = uses.stream().map(module -> module.directory).sorted().collect(Collectors.joining(", "));
        return describe(
                "belong to a module other than [" + allowed + "]",
                type -> of(type).filter(module -> module != this && !uses.contains(module))
                        .isPresent());
    }
}
