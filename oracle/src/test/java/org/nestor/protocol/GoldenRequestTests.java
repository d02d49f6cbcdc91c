package org.nestor.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.memory.Bytes;
import org.nestor.protocol.json.Json;

/** Literal request lines beside the values they stand for. */
class GoldenRequestTests {

    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of("{'op':'hello'}", new Request.Hello()),
                Arguments.of("{'op':'reset'}", new Request.Reset(Map.of())),
                Arguments.of(
                        "{'op':'reset','idr':{'IDR5':'0x74','IDR0':'0xd44101b'}}",
                        new Request.Reset(new LinkedHashMap<>(Map.of("IDR0", 0xd44101bL, "IDR5", 0x74L)))),
                Arguments.of(
                        "{'op':'mem.write','addr':'0x41000000','data':'0310ff'}",
                        new Request.MemWrite(0x41000000, ByteStrings.ofHex("0310ff"), Request.MemWrite.Form.DATA)),
                Arguments.of(
                        "{'op':'mem.write','addr':'0x8','value':'0x1122','size':4}",
                        new Request.MemWrite(8, ByteStrings.ofHex("22110000"), Request.MemWrite.Form.VALUE)),
                Arguments.of("{'op':'mem.read','addr':'0x8','len':16}", new Request.MemRead(8, 16)),
                Arguments.of(
                        "{'op':'reg.write','reg':'CR0','value':'0xd'}",
                        new Request.RegWrite(new RegisterRef.Named("CR0"), 13)),
                Arguments.of(
                        "{'op':'reg.write','reg':'0x80','size':8,'value':'0xffffffffffffffff'}",
                        new Request.RegWrite(new RegisterRef.Offset(0x80, 8), -1)),
                Arguments.of(
                        "{'op':'reg.read','reg':'EVENTQ_PROD'}",
                        new Request.RegRead(new RegisterRef.Named("EVENTQ_PROD"))),
                Arguments.of(
                        "{'op':'dma','sid':'0x10','iova':'0x1234567458','access':'read','len':4}",
                        new Request.Dma(
                                0x10,
                                0x1234567458L,
                                Access.READ,
                                Optional.empty(),
                                4,
                                Optional.empty(),
                                false,
                                false,
                                Ats.UNTRANSLATED,
                                List.of())),
                Arguments.of(
                        "{'op':'dma','sid':'0xffffffff','iova':'0xfffffffffffffffe','access':'write','ssid':'0xfffff',"
                                + "'len':2,'data':'0100','privileged':true,'instruction':true,'ats':'translated',"
                                + "'probe':['0x40800458','0x0']}",
                        new Request.Dma(
                                0xffffffffL,
                                -2,
                                Access.WRITE,
                                Optional.of(0xfffff),
                                2,
                                Optional.of(Bytes.of(new byte[] {(byte) 1, (byte) 0})),
                                true,
                                true,
                                Ats.TRANSLATED,
                                List.of(0x40800458L, 0L))),
                Arguments.of(
                        "{'op':'pri','sid':'0x7','addr':'0x1000','access':['read','exec'],'ssid':'0x1',"
                                + "'privileged':true,'prgIndex':511,'last':true}",
                        new Request.PageRequest(
                                7, 0x1000, List.of(Permission.READ, Permission.EXEC), Optional.of(1), true, 511, true)),
                Arguments.of("{'op':'events'}", new Request.Events()),
                Arguments.of("{'op':'step'}", new Request.Step()),
                Arguments.of("{'op':'irqs'}", new Request.Irqs()),
                Arguments.of("{'op':'bye'}", new Request.Bye()),
                Arguments.of(
                        "{'op':'iommu.map','domain':'d','prot':['read'],'size':4096}",
                        new Request.Api(
                                "iommu.map",
                                new Json.Obj(Map.of(
                                        "domain", new Json.Text("d"),
                                        "prot", new Json.Arr(List.of(new Json.Text("read"))),
                                        "size", new Json.Num("4096"))))));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aLineIsReadAsTheValueItStandsFor(String line, Request request) throws Exception {
        assertEquals(request, Lines.request(line.replace('\'', '"')));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aValueIsWrittenAsItsLine(String line, Request request) throws Exception {
        Request read = Lines.request(line.replace('\'', '"'));
        boolean ordered = request instanceof Request.Api || request instanceof Request.Reset;
        assertEquals(line.replace('\'', '"'), LineWriter.write(ordered ? read : request));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'op':'mem.read','addr':16,'len':'0x10'} | {'op':'mem.read','addr':'0x10','len':16}",
                "{'op':'mem.read','addr':18446744073709551615,'len':1}"
                        + " | {'op':'mem.read','addr':'0xffffffffffffffff','len':1}",
                "{'op':'mem.read','addr':'0x00FF','len':1} | {'op':'mem.read','addr':'0xff','len':1}",
                "{'op':'dma','sid':1,'iova':2,'access':'write','data':'aabb'}"
                        + " | {'op':'dma','sid':'0x1','iova':'0x2','access':'write','len':2,'data':'aabb'}",
                "{'op':'dma','access':'read','ats':'untranslated','probe':[],'sid':1,'iova':2,'privileged':false}"
                        + " | {'op':'dma','sid':'0x1','iova':'0x2','access':'read','len':4}",
                "{'op':'reg.read','reg':128,'size':4} | {'op':'reg.read','reg':'0x80','size':4}",
                " {  'op' : 'step' }  | {'op':'step'}",
            })
    void otherSpellingsMeanTheSame(String spelling, String canonical) throws Exception {
        Line line = Lines.line(spelling.replace('\'', '"'));
        assertEquals(canonical.replace('\'', '"'), LineWriter.write(line));
    }
}
