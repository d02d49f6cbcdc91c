package org.nestor.reports;

/**
 * A bug that was planted in an embedded SMMU before the campaign, to see that the campaign sees.
 *
 * @param bug the bug's id
 * @param title what the bug does
 * @param caught whether it was found
 * @param scenarios how many scenarios were run, the one that found it included
 */
public record SelfTest(String bug, String title, boolean caught, long scenarios) {

    public SelfTest {
        Checks.count("scenarios", scenarios);
    }
}
