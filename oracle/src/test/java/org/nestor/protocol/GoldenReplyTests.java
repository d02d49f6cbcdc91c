package org.nestor.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nestor.memory.Bytes;
import org.nestor.protocol.json.Json;

/** Literal replies beside the values they stand for. */
class GoldenReplyTests {
    private static final String DMA = "{'op':'dma','sid':1,'iova':2,'access':'read'}";
    private static final String PRI = "{'op':'pri','sid':1,'addr':2,'access':['read'],'prgIndex':3,'last':true}";
    private static final String EVENT = "1000000010000000000000000002000058745634120000000000000000000000";

    static Stream<Arguments> golden() {
        return Stream.concat(simple(), transactions());
    }

    private static Stream<Arguments> simple() {
        return Stream.of(
                Arguments.of("{'op':'reset'}", "{}", new Reply.Done()),
                Arguments.of("{'op':'mem.write','addr':0,'data':'00'}", "{}", new Reply.Done()),
                Arguments.of("{'op':'reg.write','reg':'CR0','value':0}", "{}", new Reply.Done()),
                Arguments.of("{'op':'bye'}", "{}", new Reply.Done()),
                Arguments.of(
                        "{'op':'hello'}",
                        "{'name':'n','version':'1','protocol':1,'features':['irqs','resetIdr'],'memory':["
                                + "{'base':'0x40000000','size':'0x10000000'},"
                                + "{'base':'0x0','size':'0x1000','device':true}],"
                                + "'sids':['0x10'],'idr':{'IDR0':'0x1'},'dmaMaxLength':4096}",
                        new Reply.Introduction(
                                "n",
                                "1",
                                1,
                                List.of(Feature.IRQS, Feature.RESET_IDR),
                                List.of(
                                        new MemoryWindow(0x40000000, 0x10000000, false),
                                        new MemoryWindow(0, 0x1000, true)),
                                List.of(0x10L),
                                Map.of("IDR0", 1L),
                                4096)),
                Arguments.of(
                        "{'op':'mem.read','addr':0,'len':2}",
                        "{'data':'00ff'}",
                        new Reply.Data(Bytes.of(new byte[] {(byte) 0, (byte) 0xff}))),
                Arguments.of("{'op':'reg.read','reg':'CR0'}", "{'value':'0xd'}", new Reply.Value(13)),
                Arguments.of(
                        "{'op':'events'}",
                        "{'events':['" + EVENT + "'],'overflow':true}",
                        new Reply.Events(List.of(ByteStrings.ofHex(EVENT)), true)),
                Arguments.of(
                        "{'op':'irqs'}",
                        "{'irqs':['eventq','priq','cmdq-sync','gerror']}",
                        new Reply.Irqs(
                                List.of(Interrupt.EVENTQ, Interrupt.PRIQ, Interrupt.CMDQ_SYNC, Interrupt.GERROR))),
                Arguments.of(
                        "{'op':'iommu.unmap','domain':'d'}",
                        "{'errno':0,'unmapped':4096}",
                        new Reply.Api("0", new Json.Obj(Map.of("unmapped", new Json.Num("4096"))))),
                Arguments.of(
                        "{'op':'vfio.open'}", "{'errno':'EINVAL'}", new Reply.Api("EINVAL", new Json.Obj(Map.of()))),
                Arguments.of(
                        "{'op':'step'}",
                        "{'error':{'code':'bad-request','message':'no'}}",
                        new Reply.Failure(ErrorCode.BAD_REQUEST, "no")));
    }

    private static Stream<Arguments> transactions() {
        Reply.Dma stalled = new Reply.Dma(
                DmaResult.STALL,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(0xffff),
                Optional.empty(),
                Optional.empty());
        Reply.Dma resumed = new Reply.Dma(
                DmaResult.OK,
                Optional.of(0x40800458L),
                Optional.of(ByteStrings.ofHex("0200cdab")),
                Optional.of(new Attributes(
                        Optional.of(MemoryType.NORMAL),
                        Optional.of(Cacheability.WRITE_BACK),
                        Optional.of(Cacheability.NON_CACHEABLE),
                        Optional.of(Shareability.INNER_SHAREABLE),
                        Optional.of(true),
                        Optional.of(false))),
                Optional.of(3),
                Optional.empty(),
                Optional.empty());
        Reply.Dma translated = new Reply.Dma(
                DmaResult.OK,
                Optional.of(0x1000L),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(List.of(Permission.READ, Permission.WRITE, Permission.EXEC)),
                Optional.of(0x200000L));
        return Stream.of(
                Arguments.of(DMA, "{'result':'abort'}", Reply.Dma.of(DmaResult.ABORT)),
                Arguments.of(DMA, "{'result':'razwi'}", Reply.Dma.of(DmaResult.RAZWI)),
                Arguments.of(DMA, "{'result':'unseen'}", Reply.Dma.of(DmaResult.UNSEEN)),
                Arguments.of(DMA, "{'result':'stall','stag':'0xffff'}", stalled),
                Arguments.of(
                        DMA,
                        "{'result':'ok','pa':'0x1000','permissions':['read','write','exec'],'size':'0x200000'}",
                        translated),
                Arguments.of(
                        "{'op':'step'}",
                        "{'completed':[{'result':'ok','pa':'0x40800458','data':'0200cdab','attrs':{'type':'normal',"
                                + "'inner':'wb','outer':'nc','shareability':'ish','privileged':true,"
                                + "'instruction':false},'stag':'0x3'}]}",
                        new Reply.Stepped(List.of(resumed))),
                Arguments.of(
                        PRI, "{'result':'queued'}", new Reply.PageRequest(PageRequestResult.QUEUED, Optional.empty())),
                Arguments.of(
                        PRI,
                        "{'result':'response','code':'invalid'}",
                        new Reply.PageRequest(PageRequestResult.RESPONSE, Optional.of(PageResponseCode.INVALID))));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aReplyIsReadAsTheValueItStandsFor(String request, String reply, Reply value) throws Exception {
        assertEquals(value, Lines.reply(request.replace('\'', '"'), reply.replace('\'', '"')));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void aValueIsWrittenAsItsReply(String request, String reply, Reply value) {
        assertEquals(reply.replace('\'', '"'), LineWriter.write(value));
    }
}
