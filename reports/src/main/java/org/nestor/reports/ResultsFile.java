package org.nestor.reports;

import java.io.IOException;
import java.nio.file.Path;

/** Reads and writes {@code results.json}. */
public final class ResultsFile {

    private ResultsFile() {}

    /**
     * Writes a result to a file. A process that is killed meanwhile leaves the file as it was.
     *
     * @throws IOException when it cannot be written
     */
    public static void write(CampaignResult result, Path file) throws IOException {
        ResultsMapper.write(result, file);
    }

    /**
     * Reads a result from a file.
     *
     * @throws MalformedResultsException when it is no result
     * @throws IOException when it cannot be read
     */
    public static CampaignResult read(Path file) throws IOException, MalformedResultsException {
        return ResultsMapper.read(file, CampaignResult.class);
    }
}
