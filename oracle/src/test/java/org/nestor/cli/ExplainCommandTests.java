package org.nestor.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ExplainCommandTests {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ste 00|found 2 hex digits: expected 128 (64 bytes) for an STE
            cd 0x0|found 1 doubleword: expected 8 for a CD
            l1std 0x0 0x0|found 2 doublewords: expected 1 for an L1STD
            l1cd 00|found 2 hex digits: expected 16 (8 bytes) for an L1CD
            command 0x0|found 1 doubleword: expected 2 for a command
            event 0x0|found 1 doubleword: expected 4 for an event record
            pri 0x0|found 1 doubleword: expected 2 for a PRI queue entry
            s1desc 0xg|found 'g' in '0xg': expected hex digits
            s2desc 00|found 2 hex digits: expected 16 (8 bytes) for a stage 2 descriptor
            s1desc --level 4 0x0|found level 4: expected 0 to 3 for this granule
            s1desc --granule 64k --level 0 0x0|found level 0: expected 1 to 3 for this granule
            s1desc --granule 8k 0x0|Invalid value for option '--granule': found '8k': expected one of 4k, 16k, 64k
            reg CR0|found 1 words: expected a register name and a value
            reg CR9 0x0|found register 'CR9': expected a name like CR0 or STRTAB_BASE_CFG
            reg CR0 0x100000000|found 0x100000000: expected at most 32 bits for CR0
            pri --profile max 0|Invalid value for option '--profile': found 'max': expected one of full, qemu, minimal
            cd --world el3 00|Invalid value for option '--world': found 'el3': expected one of ns-el1, el2, el2-e2h
            """)
    void badInputIsAnsweredByWhatWasFoundAndExpected(String arguments, String message) {
        int exit = new CommandLine(new ExplainCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.split(" ", -1));

        assertEquals(2, exit);
        assertEquals("", out.toString());
        assertEquals(message, err.toString().lines().findFirst().orElse(""));
    }
}
