package org.nestor.campaign;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.oracle.RestartingImplementation;
import org.nestor.oracle.qemu.QemuLauncher;
import org.nestor.oracle.qemu.QemuLocator;
import org.nestor.oracle.qemu.RequiresQemu;

/** Each declared difference, on the QEMU of this machine. */
@RequiresQemu
@TestInstance(Lifecycle.PER_CLASS)
class KnownDifferencesOnQemuTests {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Optional<Stage> stage = Optional.empty();

    static List<DeclaredDifference> declared() throws Exception {
        return DeclaredDifference.all();
    }

    @BeforeAll
    void start() throws UnfitException {
        stage = Optional.of(new Stage(
                rules -> new RestartingImplementation(new QemuLauncher(QemuLocator.find(), PATIENCE)::start),
                Judging.BY_THE_ARCHITECTURE,
                false));
    }

    @AfterAll
    void end() {
        stage.ifPresent(Stage::close);
    }

    @ParameterizedTest
    @MethodSource("declared")
    void itStillDivergesAsDeclared(DeclaredDifference one) throws Exception {
        Optional<Cause> cause =
                stage.orElseThrow().replay(one.requests(), 0).failure().map(Failure::cause);
        assertTrue(cause.filter(one.entry()::declares).isPresent(), cause::toString);
    }
}
