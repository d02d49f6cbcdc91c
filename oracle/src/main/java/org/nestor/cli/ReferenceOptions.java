package org.nestor.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.oracle.Caching;
import org.nestor.oracle.EmbeddedReference;
import org.nestor.oracle.ReferenceConfiguration;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.register.Profile;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what the embedded reference is to be like. */
final class ReferenceOptions {

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            defaultValue = "full",
            converter = ProfileConverter.class,
            description = "ID registers: full, qemu or minimal (${DEFAULT-VALUE}).")
    private Profile profile = Profile.FULL;

    @Option(
            names = "--policy",
            paramLabel = "POLICY",
            defaultValue = "infinite",
            converter = CachingConverter.class,
            description = "What the caches do: never, infinite, lru, random or prefetch (${DEFAULT-VALUE}).")
    private Caching caching = Caching.INFINITE;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Seed of the policies random and prefetch (${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--bug",
            paramLabel = "D-nn",
            converter = BugConverter.class,
            description = "Plant this fault in the reference; nestor bugs lists them.")
    private Optional<SeededBug> bug = Optional.empty();

    /** Whether the reference is asked to have a fault. */
    boolean plantsBug() {
        return bug.isPresent();
    }

    /** A new reference in its power-on state. */
    EmbeddedReference create() {
        return create(RuleLog.NONE);
    }

    /** A new reference in its power-on state, which tells a log which rules it decides on. */
    EmbeddedReference create(RuleLog rules) {
        ReferenceConfiguration configuration = new ReferenceConfiguration(profile, caching, seed);
        return bug.map(planted -> configuration.create(rules, planted)).orElseGet(() -> configuration.create(rules));
    }

    /** Finds a seeded bug by its id. */
    static final class BugConverter implements ITypeConverter<SeededBug> {
        @Override
        public SeededBug convert(String id) {
            return SeededBugs.find(id)
                    .orElseThrow(() -> new TypeConversionException(
                            "expected an id that nestor bugs lists, for example D-01, found " + id));
        }
    }

    /** Reads the name of a profile. */
    static final class ProfileConverter implements ITypeConverter<Profile> {
        @Override
        public Profile convert(String name) {
            return Profile.named(name)
                    .orElseThrow(() -> new TypeConversionException("expected one of "
                            + Arrays.stream(Profile.values())
                                    .map(Profile::label)
                                    .collect(Collectors.joining(", "))
                            + ", found " + name));
        }
    }

    /** Reads the name of a cache policy. */
    static final class CachingConverter implements ITypeConverter<Caching> {
        @Override
        public Caching convert(String name) {
            return Caching.named(name)
                    .orElseThrow(() -> new TypeConversionException("expected one of "
                            + Arrays.stream(Caching.values())
                                    .map(Caching::label)
                                    .collect(Collectors.joining(", "))
                            + ", found " + name));
        }
    }
}
