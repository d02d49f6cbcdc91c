package org.nestor.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Whatever is wrong with a line, there is one complaint, and it says where. */
class ComplaintTests {

    @ParameterizedTest
    @CsvFileSource(resources = "complaints.txt", delimiter = '|', quoteCharacter = '`', maxCharsPerColumn = 1 << 16)
    void aBadLineGetsOneComplaintWithItsColumn(String line, String complaint) {
        assertEquals(Lines.FILE + ":1:" + complaint, Lines.complaint(line));
    }

    @Test
    void aComplaintCountsBlankLinesAndComments() {
        assertEquals(
                Lines.FILE + ":4:7: op: expected the name of a request, found \"nap\"",
                Lines.complaint("{\"nestor\":1}\n\n# a comment\n{\"op\":\"nap\"}\n"));
    }

    @Test
    void aComplaintKnowsItsParts() {
        ProtocolException complaint = assertThrows(ProtocolException.class, () -> Lines.all("\n {\"op\":5}"));
        assertEquals(Lines.FILE, complaint.file());
        assertEquals(2, complaint.line());
        assertEquals(8, complaint.column());
        assertEquals("op: expected a string, found 5", complaint.complaint());
    }

    @Test
    void thirtyTwoLevelsAreAcceptedAndThirtyThreeAreNot() throws Exception {
        String open = "{\"op\":\"step\",\"note\":{\"x\":";
        Lines.line(open + "[".repeat(30) + "]".repeat(30) + "}}");
        assertEquals(
                Lines.FILE + ":1:" + (open.length() + 31) + ": expected at most 32 levels of nesting",
                Lines.complaint(open + "[".repeat(31) + "]".repeat(31) + "}}"));
    }

    @Test
    void veryDeepNestingIsRefusedWithoutFollowingIt() {
        assertTrue(
                Lines.complaint("{\"note\":" + "[".repeat(200_000)).endsWith("expected at most 32 levels of nesting"));
    }

    @Test
    void aLineOfOneMebibyteIsAcceptedAndOneByteMoreIsNot() throws Exception {
        String start = "{\"op\":\"step\",\"note\":\"";
        String longest = start + "x".repeat(Limits.LINE_BYTES - start.length() - 2) + "\"}";
        assertEquals(Limits.LINE_BYTES, longest.length());
        Lines.line(longest + "\n");
        assertEquals(
                Lines.FILE + ":1:1048577: expected a line of at most 1048576 bytes",
                Lines.complaint(longest + " \n{\"op\":\"step\"}"));
    }

    @Test
    void readingGoesOnAfterABadLine() throws Exception {
        ScenarioReader reader = Lines.reader(
                ("x".repeat(3 << 20) + "\n{\"op\":1}\n{\"op\":\"step\"}").getBytes(StandardCharsets.UTF_8));
        assertEquals(1, assertThrows(ProtocolException.class, reader::next).line());
        assertEquals(2, assertThrows(ProtocolException.class, reader::next).line());
        assertEquals(3, reader.next().orElseThrow().number());
        assertEquals(Optional.empty(), reader.next());
    }

    @Test
    void bytesThatAreNotUtf8AreRefusedAtTheirColumn() {
        byte[] line = "{\"op\":\"step\",\"note\":\"é?\"}".getBytes(StandardCharsets.UTF_8);
        line[23] = (byte) 0xff;
        assertEquals(Lines.FILE + ":1:23: expected UTF-8 text, found byte 0xff", Lines.complaint(line));
    }

    @Test
    void aTruncatedCharacterAtTheEndIsRefused() {
        byte[] line = "{\"op\":\"step\"} é".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                Lines.FILE + ":1:15: expected UTF-8 text, found byte 0xc3",
                Lines.complaint(java.util.Arrays.copyOf(line, line.length - 1)));
    }

    @Test
    void controlCharactersDoNotReachTheTerminal() {
        assertEquals(
                Lines.FILE + ":1:7: op: expected the name of a request, found \"?[31mred\"",
                Lines.complaint("{\"op\":\"\\u001b[31mred\"}"));
    }

    @Test
    void aSessionHasNoHeader() {
        byte[] header = "{\"nestor\":1}".getBytes(StandardCharsets.UTF_8);
        SessionReader session = new SessionReader("stdin", new java.io.ByteArrayInputStream(header));
        assertEquals(
                "stdin:1:1: expected a request, found the header of a file",
                assertThrows(ProtocolException.class, session::next).getMessage());
    }
}
