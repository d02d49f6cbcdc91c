package org.nestor.bugs;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All seeded bugs, in the order of their ids. */
public final class SeededBugs {
    private static final List<SeededBug> ALL = Stream.of(
                    StreamTableBugs.all(),
                    ContextBugs.all(),
                    WalkBugs.all(),
                    TlbBugs.all(),
                    ConfigurationBugs.all(),
                    QueueBugs.all(),
                    EventBugs.all(),
                    RegisterBugs.all(),
                    StallBugs.all(),
                    SoftwareBugs.all())
            .flatMap(List::stream)
            .sorted(Comparator.comparing(SeededBug::id))
            .toList();

    private SeededBugs() {}

    public static List<SeededBug> all() {
        return ALL;
    }

    /** The bug of that id, for example D-01. */
    public static Optional<SeededBug> find(String id) {
        return ALL.stream().filter(bug -> bug.id().equals(id)).findFirst();
    }
}
