package org.nestor.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nestor.reports.HuntFile;
import org.nestor.reports.HuntResult;
import org.nestor.reports.site.Site;

/**
 * Where the result of a hunt is kept.
 *
 * @param folder the folder, if it is kept at all
 */
record HuntReport(Optional<Path> folder) {

    /** Writes the file and its page, and says where the page is. */
    Optional<Path> write(HuntResult result) throws IOException {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        HuntFile.write(result, folder.get().resolve("hunt.json"));
        Site site = Site.of(result);
        site.write(folder.get());
        return Optional.of(folder.get().resolve(site.pages().get(0).fileName()));
    }
}
