package org.nestor.reports.site;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gg.jte.Content;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.reports.CampaignResult;
import org.nestor.reports.Results;

class SiteTests {
    private static final int ALL_ERRORS = 100;

    @TempDir
    private Path folder;

    static Stream<CampaignResult> results() {
        return Stream.of(
                Results.realistic(),
                Results.clean(),
                Results.withDivergences(40),
                Results.saying("<script>alert(\"1\")</script>&'"),
                Results.saying("x".repeat(5000)),
                Results.saying("javascript:alert(1)"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void pageIsWellFormedHtml(CampaignResult result) throws IOException {
        Parser parser = Parser.htmlParser().setTrackErrors(ALL_ERRORS);
        Jsoup.parse(html(result), parser);
        assertEquals(List.of(), parser.getErrors());
    }

    @ParameterizedTest
    @MethodSource("results")
    void nothingInThePageRefersOutsideItsFolder(CampaignResult result) throws IOException {
        String html = html(result);
        Document page = Jsoup.parse(html);
        assertEquals(
                0,
                page.select("script, link, img, iframe, object, embed, base, form, use, image")
                        .size());
        for (Element element : page.getAllElements()) {
            element.attributes().forEach(attribute -> {
                String name = attribute.getKey();
                assertFalse(name.startsWith("on") || name.equals("src") || name.equals("srcset"), element::outerHtml);
                boolean inside = attribute.getValue().startsWith("#")
                        || attribute.getValue().startsWith("./");
                assertTrue(!name.endsWith("href") || inside, element::outerHtml);
            });
        }
        String style = page.select("style").html();
        assertFalse(style.isEmpty());
        assertFalse(style.contains("url(") || style.contains("@import"));
    }

    @ParameterizedTest
    @MethodSource("results")
    void linksWithinThePageLeadSomewhere(CampaignResult result) throws IOException {
        Document page = Jsoup.parse(html(result));
        for (Element link : page.select("a[href^=#]")) {
            assertEquals(
                    1,
                    page.select("[id=" + link.attr("href").substring(1) + "]").size(),
                    link::outerHtml);
        }
        List<String> ids = page.select("[id]").eachAttr("id");
        assertEquals(ids.stream().distinct().toList(), ids);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<script>alert(\"1\")</script>", "\" onload=\"x", "</title></style></svg>", "a&lt;b'", "${x} @if"
            })
    void textIsShownAsItIsWhereverItStands(String text) throws IOException {
        Document page = Jsoup.parse(html(Results.saying(text)));
        assertEquals("Conformance of " + text + " " + text, page.title());
        for (String place : List.of(
                "h3",
                ".steps li",
                ".seq text",
                ".seq title",
                "pre",
                "pre.got",
                "pre.may",
                ".why li",
                ".meta",
                ".map title",
                "dl.facts dd",
                "td",
                "figcaption span",
                "details td")) {
            assertTrue(page.select(place).eachText().stream().anyMatch(shown -> shown.contains(text)), place);
        }
    }

    @Test
    void charactersThatNobodyCouldSeeAreSpelledOut() throws IOException {
        String html = html(Results.saying("a\u0000\u001b[31m\u202eb\ud800\r\uffff\u00a0é\ud83d\ude00"));
        assertTrue(html.contains("a\\u{0}\\u{1b}[31m\\u{202e}b\\u{d800}\\u{d}\\u{ffff}\u00a0é\ud83d\ude00"));
        assertFalse(html.chars().anyMatch(c -> c < ' ' && c != '\n' || c == 0x202e));
    }

    @Test
    void everyThingThatAResultSaysIsOnThePage() throws IOException {
        String text = Jsoup.parse(html(Results.realistic())).text();
        for (String said : List.of(
                "2 causes of divergence were found; 1 is declared.",
                "conforms 1,204,000",
                "diverges 320",
                "indeterminate 9",
                "died or hung 2",
                "qemu 10.0.2",
                "2-level stream table",
                "IDR0 0xd5c140f",
                "nestor campaign --sut qemu --seed 42 --scenarios 48230",
                "48,230 scenarios of 1,204,331 requests in 10 min 0 s",
                "A planted bug was caught within 12 scenarios: D-07, which takes",
                "1. a moved page is still reached",
                "met 17 times, first by seed -3",
                "Declared as K-07: The device ignores",
                "(line 18) diverges",
                "ok at pa 0x40900000",
                "CMD_TLBI_NH_VA and the CMD_SYNC of line 17 closed that value",
                "A-STE-01 STE.V = 0 aborts with C_BAD_STE. IHI 0070, section 5.2.2",
                "nestor run --sut qemu D-001.scenario.jsonl",
                "Of 6 rules, 3 can decide on this implementation and are watched, and 2 of these did.",
                "not watched: decided or not, nothing counts it",
                "A-SYN-13, not watched (nothing counts its decisions).",
                "A-SYN-13 4.7.3 Commands behind a CMD_SYNC wait. nothing counts its decisions",
                "A-STE-02 5.2.2 STE.Config = 0b000 aborts without an event.",
                "A-PRI-01 8.1 A page request is queued. IDR0.PRI = 0",
                "A-GER-08 7.5 Service failure mode. It cannot happen.",
                "more than 4096 choices of stale words 9",
                "event: F_TRANSLATION, stage 2, TT 3",
                "C-TLB-05, 1,234,567 hits.")) {
            assertTrue(text.contains(said), said + " is not in " + text);
        }
    }

    @Test
    void resultWithoutDivergenceSaysSoAndHasNoEmptySection() throws IOException {
        Document page = Jsoup.parse(html(Results.clean()));
        assertEquals("No divergence was found.", page.select(".lead").text());
        assertEquals(
                List.of("Not judged", "Outcomes seen", "Rule coverage"),
                page.select("h2").eachText());
    }

    @Test
    void mostFrequentUndeclaredDivergenceComesFirst() {
        List<Finding> findings = new CampaignPage(Results.withDivergences(5)).findings();
        assertEquals(
                List.of("D-005", "D-004", "D-002", "D-001", "D-003"),
                findings.stream().map(finding -> finding.divergence().id()).toList());
    }

    @Test
    void failingStepIsMarkedInTheDiagram() throws IOException {
        Document page = Jsoup.parse(html(Results.realistic()));
        Element diagram = page.expectFirst("svg.seq");
        assertEquals(List.of("7"), diagram.select("g.fails .num").eachText());
        assertEquals(
                List.of("software", "memory", "SMMU", "device"),
                diagram.select(".name").eachText());
        assertEquals(7, diagram.select("g").size());
    }

    @Test
    void pagesOfASiteLinkToEachOther() throws IOException {
        Page campaign = new CampaignPage(Results.clean());
        Page other = new Other();
        Site site = new Site(List.of(campaign, other));
        assertEquals(
                List.of("other.html"), headerOf(campaign, site).select("nav a").eachAttr("href"));
        assertEquals(
                List.of("index.html"), headerOf(other, site).select("nav a").eachAttr("href"));
        assertEquals("Other", headerOf(other, site).select("nav [aria-current]").text());
        assertEquals(
                0, headerOf(campaign, new Site(List.of(campaign))).select("nav").size());
    }

    private static Element headerOf(Page page, Site site) {
        StringOutput html = new StringOutput();
        Content content = output -> output.writeContent("<p>text</p>");
        TemplateEngine.createPrecompiled(ContentType.Html)
                .render("layout.jte", Map.of("page", page, "site", site, "content", content), html);
        return Jsoup.parse(html.toString()).expectFirst("header");
    }

    private record Other() implements Page {
        @Override
        public String fileName() {
            return "other.html";
        }

        @Override
        public String title() {
            return "Another page";
        }

        @Override
        public String shortTitle() {
            return "Other";
        }

        @Override
        public String template() {
            return "other.jte";
        }
    }

    private String html(CampaignResult result) throws IOException {
        Site.of(result).write(folder);
        return Files.readString(folder.resolve("index.html"));
    }
}
