package org.nestor.reports.site;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTests {

    @ParameterizedTest
    @CsvSource({
        "0, 0.0 s",
        "0.04, 0.0 s",
        "59.94, 59.9 s",
        "59.96, 1 min 0 s",
        "3599, 59 min 59 s",
        "7260, 2 h 1 min",
        "4000000, '1,111 h 6 min'"
    })
    void durationHasTheTwoUnitsThatMatter(double seconds, String words) {
        assertEquals(words.replace(' ', '\u00a0'), Words.duration(seconds));
    }

    @ParameterizedTest
    @CsvSource({"1, 1 time", "0, 0 times", "1234567, '1,234,567 times'"})
    void countAgreesWithItsNoun(long number, String words) {
        assertEquals(words, Words.count(number, "time"));
    }

    @ParameterizedTest
    @CsvSource({
        "a.jsonl, ./a.jsonl",
        "a b/c#d?.jsonl, ./a%20b/c%23d%3F.jsonl",
        "javascript:x, ./javascript%3Ax",
        "'\"<', ./%22%3C",
        "%41, ./%2541"
    })
    void linkStaysInTheFolderWhateverTheFileIsCalled(String file, String link) {
        assertEquals(link, Words.link(file));
    }

    @Test
    void shortenedTextIsAsLongAsAllowedAndKeepsCharactersWhole() {
        assertEquals("abc", Words.shorten("abc", 3));
        assertEquals("ab…", Words.shorten("abcd", 3));
        assertEquals("\ud83d\ude00\ud83d\ude00…", Words.shorten("\ud83d\ude00".repeat(4), 3));
    }

    @Test
    void hexadecimalIsUnsigned() {
        assertEquals("0xffffffffffffffff", Words.hex(-1));
    }
}
