package org.nestor.reports.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.reports.HuntResult;
import org.nestor.reports.Hunts;

/** The kill matrix as a page. */
class HuntPageTests {

    @TempDir
    private Path folder;

    private Document page(HuntResult result) throws IOException {
        Site.of(result).write(folder);
        return Jsoup.parse(Files.readString(folder.resolve("hunt.html")));
    }

    @Test
    void escapedBugsAreTheConclusion() {
        HuntPage page = new HuntPage(Hunts.of(Hunts.bug("D-01", Hunts.miss()), Hunts.bug("D-02", Hunts.find(1, 1))));
        assertEquals("1 bug of 2 escaped; with no bug planted, 2 false alarms.", page.conclusion());
        assertEquals("bad", page.mood());
    }

    @Test
    void falseAlarmsSpoilAHuntThatFoundEverything() {
        HuntPage page = new HuntPage(Hunts.of(Hunts.bug("D-02", Hunts.find(1, 1))));
        assertEquals("All of 1 bug were found; with no bug planted, 2 false alarms.", page.conclusion());
        assertEquals("unsure", page.mood());
        assertEquals("ok", new HuntPage(Hunts.saying("x")).mood());
    }

    @Test
    void everyBugHasItsRow() throws IOException {
        Document page = page(Hunts.of(
                Hunts.bug("D-01", Hunts.find(1200, 7), Hunts.find(8, 4), Hunts.find(4000, 1)),
                Hunts.bug("D-02", Hunts.miss(), Hunts.find(1, 1), Hunts.miss())));
        List<String> rows =
                page.select("h2#matrix ~ .scroll").first().select("tbody tr").eachText();
        assertEquals(
                List.of(
                        "D-01 command queue hard 3 of 3 1,200 2 min 30 s 7 C-CMP-02 1 of 3",
                        "D-02 command queue hard 1 of 3 1 C-CMP-02 0 of 1"),
                rows.stream().map(row -> row.replace('\u00a0', ' ')).toList());
        assertTrue(page.text().contains("SMMU 10,000 2"), page.text());
    }

    @Test
    void linksLeadToTheCases() throws IOException {
        Document page =
                page(Hunts.of(Hunts.bug("D-01", Hunts.miss()), Hunts.bug("D-02", Hunts.miss(), Hunts.find(1, 1))));
        List<String> links = page.select("a").eachAttr("href");
        assertEquals(List.of("#case-D-02"), links);
        Element found = page.getElementById("case-D-02");
        assertEquals("D-02. CMD_SYNC does nothing.", found.select("h3").text());
        assertEquals(2, found.select("ol li").size());
    }

    @Test
    void pageNeedsNothingButItself() throws IOException {
        Document page = page(Hunts.of(Hunts.bug("D-01", Hunts.find(8, 4))));
        assertEquals(
                0,
                page.select("script, link, img, iframe, object, embed, base, form, use, image")
                        .size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"<script>alert(\"1\")</script>", "\" onload=\"x", "</title></style></svg>", "a&lt;b'"})
    void textIsShownAsItIsWhereverItStands(String text) throws IOException {
        Document page = page(Hunts.saying(text));
        assertEquals(0, page.select("script").size());
        for (String place : List.of("pre", "td", "td.id", "h3", ".meta", ".steps li")) {
            assertTrue(page.select(place).eachText().stream().anyMatch(shown -> shown.contains(text)), place);
        }
    }
}
