package org.nestor.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations against replies, both as literal JSON. */
class ExpectationTests {
    private static final String DMA = "{\"op\":\"dma\",\"sid\":1,\"iova\":2,\"access\":\"read\"}";

    private static Optional<String> mismatch(String request, String expect, String reply) throws Exception {
        String line = request.substring(0, request.length() - 1) + ",\"expect\":" + expect.replace('\'', '"') + "}";
        Line.Exchange exchange = (Line.Exchange) Lines.line(line);
        return exchange.expect().orElseThrow().mismatch(Lines.reply(request, reply.replace('\'', '"')));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | {'result':'ok','pa':'0x10'}",
                "{'result':'ok'} | {'result':'ok','pa':'0x10'}",
                "{'pa':16} | {'result':'ok','pa':'0x10'}",
                "{'pa':'0x0010'} | {'result':'ok','pa':16}",
                "{'attrs':{'inner':'wb'}} | {'result':'ok','attrs':{'inner':'wb','outer':'nc'}}",
                "{'permissions':['read','write']} | {'result':'ok','permissions':['read','write']}",
                "{'anyOf':[{'result':'abort'},{'result':'ok'}]} | {'result':'ok'}",
                "{'pa':16,'anyOf':[{'result':'abort'},{'result':'ok'}]} | {'result':'ok','pa':16}",
                "{'result':{'anyOf':['abort','razwi']}} | {'result':'razwi'}",
                "{'pa':{'anyOf':[1,'0x2']}} | {'result':'ok','pa':2}",
                "{'error':{'code':'unsupported'}} | {'error':{'code':'unsupported','message':'not here'}}",
            })
    void aReplyMayHaveMoreThanWasExpected(String expect, String reply) throws Exception {
        assertEquals(Optional.empty(), mismatch(DMA, expect, reply));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'result':'ok'} | {'result':'abort'} | result: expected 'ok', got 'abort'",
                "{'pa':'0x10'} | {'result':'abort'} | pa: expected '0x10', got nothing",
                "{'pa':16} | {'result':'ok','pa':17} | pa: expected 16, got '0x11'",
                "{'data':'0x10'} | {'result':'ok','data':'10'} | data: expected '0x10', got '10'",
                "{'pa':{}} | {'result':'ok','pa':1} | pa: expected {}, got '0x1'",
                "{'attrs':{'inner':'wb'}} | {'result':'ok','attrs':{'inner':'nc'}}"
                        + " | attrs.inner: expected 'wb', got 'nc'",
                "{'permissions':['read']} | {'result':'ok','permissions':['read','write']}"
                        + " | permissions: expected ['read'], got ['read','write']",
                "{'permissions':['exec']} | {'result':'ok','permissions':['read']}"
                        + " | permissions[0]: expected 'exec', got 'read'",
                "{'anyOf':[{'result':'abort'},{'result':'razwi'}]} | {'result':'ok'}"
                        + " | reply: expected one of [{'result':'abort'},{'result':'razwi'}], got {'result':'ok'}",
                "{'result':'ok','anyOf':[{'pa':1}]} | {'result':'abort'} | result: expected 'ok', got 'abort'",
                "{'result':{'anyOf':['abort','razwi']}} | {'result':'ok'}"
                        + " | result: expected one of ['abort','razwi'], got 'ok'",
                "{'result':'ok'} | {'error':{'code':'hung','message':'10 s'}} | result: expected 'ok', got nothing",
            })
    void theFirstDifferenceIsNamed(String expect, String reply, String difference) throws Exception {
        assertEquals(Optional.of(difference.replace('\'', '"')), mismatch(DMA, expect, reply));
    }

    @Test
    void anExpectationIsWrittenAsItWasRead() throws Exception {
        String line = "{\"op\":\"step\",\"note\":\"n\",\"expect\":{\"completed\":[],\"anyOf\":[{\"x\":1.50}]}}";
        assertEquals(line, LineWriter.write(Lines.line(line)));
    }
}
