package org.nestor.reports.site;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nestor.reports.AtomicFile;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.HuntResult;

/**
 * Pages that link to each other.
 *
 * @param pages the pages, in the order of the links in their header
 */
public record Site(List<Page> pages) {

    public Site {
        pages = List.copyOf(pages);
    }

    /** The report of a campaign: {@code index.html}. */
    public static Site of(CampaignResult result) {
        return new Site(List.of(new CampaignPage(result)));
    }

    /** The report of a hunt: {@code hunt.html}. */
    public static Site of(HuntResult result) {
        return new Site(List.of(new HuntPage(result)));
    }

    /**
     * Writes each page, replacing what has its name.
     *
     * @throws IOException when one cannot be written
     */
    public void write(Path folder) throws IOException {
        TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
        for (Page page : pages) {
            AtomicFile.write(folder.resolve(page.fileName()), out -> {
                try {
                    templates.render(page.template(), Map.of("page", page, "site", this), new PrintableOutput(out));
                } catch (UncheckedIOException e) {
                    throw e.getCause();
                }
            });
        }
    }
}
