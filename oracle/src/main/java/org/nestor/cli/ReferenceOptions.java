package org.nestor.cli;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.nestor.bugs.SeededBug;
import org.nestor.bugs.SeededBugs;
import org.nestor.oracle.Caching;
import org.nestor.oracle.EmbeddedReference;
import org.nestor.oracle.ReferenceConfiguration;
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

    /** What it is to be like. */
    ReferenceConfiguration configuration() {
        return new ReferenceConfiguration(profile, caching, seed, bug);
    }

    /** Whether the reference is asked to have a fault. */
    boolean plantsBug() {
        return bug.isPresent();
    }

    /** The fault that the reference is asked to have, if it is one of the software above the SMMU. */
    Optional<SeededBug> bugOfSoftware() {
        return bug.filter(planted -> !planted.isInSmmu());
    }

    /** The seed, which is that of a campaign as well. */
    long seed() {
        return seed;
    }

    /** The policy, as the command line names it. */
    String policy() {
        return caching.label();
    }

    /** The options that ask for the same reference. */
    String repeated() {
        String planted = bug.map(one -> " --bug " + one.id()).orElse("");
        return "--profile " + profile.label() + " --policy " + caching.label() + planted + " --seed " + seed;
    }

    /** A new reference in its power-on state. */
    EmbeddedReference create() {
        return configuration().create();
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
