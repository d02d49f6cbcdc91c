package org.nestor.bugs;

import static org.nestor.bugs.BugComponent.CONFIGURATION_CACHE;
import static org.nestor.bugs.Difficulty.EASY;
import static org.nestor.bugs.Difficulty.MEDIUM;

import java.util.List;
import org.nestor.bugs.configuration.FunctionNumberOnly;
import org.nestor.bugs.configuration.RecordBitForgotten;
import org.nestor.bugs.configuration.SizesForgotten;
import org.nestor.bugs.configuration.StreamCacheInFront;

/** What the configuration caches remember and remove. */
final class ConfigurationBugs {

    private ConfigurationBugs() {}

    static List<SeededBug> all() {
        return List.of(
                SeededBug.of(
                        "D-28",
                        CONFIGURATION_CACHE,
                        EASY,
                        "CMD_CFGI_STE finds the configuration by three bits of the device and function number.",
                        "Isolation: a device that was taken away from its owner keeps its configuration.",
                        ReplacedCache.configurationInvalidationRules(FunctionNumberOnly::new),
                        "C-CMP-02"),
                SeededBug.of(
                        "D-29",
                        CONFIGURATION_CACHE,
                        MEDIUM,
                        "CD.R is known only while a configuration is fetched, so that a fault under a cached one is not recorded.",
                        "Drivers: of several faults only the first is seen.",
                        ReplacedCache.reader(RecordBitForgotten::new),
                        "A-FLT-13"),
                SeededBug.of(
                        "D-30",
                        CONFIGURATION_CACHE,
                        MEDIUM,
                        "T0SZ, T1SZ and S2T0SZ are not part of a cached configuration and read as zero.",
                        "Every stream with less than 48 bits: from its second page on walks start at the wrong level.",
                        ReplacedCache.reader(SizesForgotten::new),
                        "A-WLK-01"),
                SeededBug.of(
                        "D-31",
                        CONFIGURATION_CACHE,
                        MEDIUM,
                        "A cache by StreamID and page answers before the configuration is looked up, and CFGI commands do not empty it.",
                        "Isolation: a device whose STE was set to abort keeps its access.",
                        ReplacedCache.unit(StreamCacheInFront::of),
                        "C-CFG-06"));
    }
}
