package org.nestor.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.ResultsFile;
import org.nestor.reports.site.Site;

/** Keeps what a campaign has found, so that nothing is lost when it is killed. */
final class CampaignReport {
    private final Optional<Path> folder;
    private final FindingFiles files;

    /** In a folder, or nowhere. */
    CampaignReport(Optional<Path> folder, FindingFiles files) {
        this.folder = folder;
        this.files = files;
    }

    /** Keeps the finding that was made last, with the result so far. */
    void found(CampaignState state, CampaignResult result) throws IOException {
        files.write(state.findings().get(state.findings().size() - 1));
        if (folder.isPresent()) {
            ResultsFile.write(result, folder.get().resolve("results.json"));
        }
    }

    /** Writes the result, and the page that shows it. */
    void end(CampaignResult result) throws IOException {
        if (folder.isPresent()) {
            Files.createDirectories(folder.get());
            ResultsFile.write(result, folder.get().resolve("results.json"));
            Site.of(result).write(folder.get());
        }
    }
}
