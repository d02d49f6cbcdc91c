package org.nestor.smmu.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLayoutTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
            01, PREFETCH_CONFIG, SSec 10 10|SSV 11 11|SubstreamID 31 12|StreamID 63 32
            02, PREFETCH_ADDR, SSec 10 10|SSV 11 11|SubstreamID 31 12|StreamID 63 32|Size 68 64|Stride 73 69|Addr 127 76
            03, CFGI_STE, SSec 10 10|StreamID 63 32|Leaf 64 64
            04, CFGI_STE_RANGE, SSec 10 10|StreamID 63 32|Range 68 64
            05, CFGI_CD, SSec 10 10|SubstreamID 31 12|StreamID 63 32|Leaf 64 64
            06, CFGI_CD_ALL, SSec 10 10|StreamID 63 32
            07, CFGI_VMS_PIDM, VMID 47 32
            10, TLBI_NH_ALL, VMID 47 32
            11, TLBI_NH_ASID, VMID 47 32|ASID 63 48
            12, TLBI_NH_VA, VMID 47 32|ASID 63 48|NUM 16 12|SCALE 24 20|Leaf 64 64|TTL 73 72|TG 75 74|Addr 127 76
            13, TLBI_NH_VAA, VMID 47 32|NUM 16 12|SCALE 24 20|Leaf 64 64|TTL 73 72|TG 75 74|Addr 127 76
            18, TLBI_EL3_ALL, ''
            1A, TLBI_EL3_VA, ''
            20, TLBI_EL2_ALL, ''
            21, TLBI_EL2_ASID, ASID 63 48
            22, TLBI_EL2_VA, ASID 63 48|NUM 16 12|SCALE 24 20|Leaf 64 64|TTL 73 72|TG 75 74|Addr 127 76
            23, TLBI_EL2_VAA, NUM 16 12|SCALE 24 20|Leaf 64 64|TTL 73 72|TG 75 74|Addr 127 76
            28, TLBI_S12_VMALL, VMID 47 32
            2A, TLBI_S2_IPA, VMID 47 32|NUM 16 12|SCALE 24 20|Leaf 64 64|TTL 73 72|TG 75 74|Addr 115 76
            30, TLBI_NSNH_ALL, ''
            40, ATC_INV, Global 9 9|SSV 11 11|SubstreamID 31 12|StreamID 63 32|Size 69 64|Addr 127 76
            41, PRI_RESP, SSV 11 11|SubstreamID 31 12|StreamID 63 32|PRGIndex 72 64|Resp 77 76
            44, RESUME, SSec 10 10|Ac 12 12|Ab 13 13|StreamID 63 32|STAG 79 64
            45, STALL_TERM, SSec 10 10|StreamID 63 32
            46, SYNC, CS 13 12|MSH 23 22|MSIAttr 27 24|MSIData 63 32|MSIAddress 115 66
            50, TLBI_SEL2_ALL, ''
            51, TLBI_SEL2_ASID, ''
            52, TLBI_SEL2_VA, ''
            53, TLBI_SEL2_VAA, ''
            58, TLBI_S_S12_VMALL,''
            5A, TLBI_S_S2_IPA, ''
            60, TLBI_SNH_ALL, ''
            70, DPTI_ALL, ''
            73, DPTI_PA, ''
            """)
    void everyBitOfACommandIsSeenByItsOperandAndNoOther(String code, String name, String operands) {
        byte[] bytes = new byte[16];
        bytes[0] = (byte) HexFormat.fromHexDigits(code);
        CommandRecord command = CommandRecord.fromBytes(bytes);

        assertEquals("CMD_" + name, command.command().orElseThrow().name());
        assertEquals(operands.contains("SSec"), command.command().orElseThrow().hasSsec());
        BitWalk.assertFields(command.layout(), "Opcode 7 0\n" + operands.replace('|', '\n'));
    }

    @Test
    void everyBitIsSeenByItsAccessorAndNoOther() {
        BitWalk.assertAccessors(CommandRecord.class, 16, CommandRecord::fromBytes, Set.of("dw0", "dw1"), """
                opcode 7 0
                global 9 9
                ssec 10 10
                ssv 11 11
                substreamId 31 12
                streamId 63 32
                vmid 47 32
                asid 63 48
                num 16 12
                scale 24 20
                ac 12 12
                ab 13 13
                cs 13 12
                msh 23 22
                msiAttr 27 24
                msiData 63 32
                leaf 64 64
                range 68 64
                prefetchSize 68 64
                stride 73 69
                atcSize 69 64
                prgIndex 72 64
                stag 79 64
                ttl 73 72
                tg 75 74
                resp 77 76
                address 127 76 in-place
                ipa 115 76 in-place
                msiAddress 115 66 in-place
                """);
    }

    @Test
    void theOpcodesAreThoseOfTheArchitecture() {
        String opcodes = IntStream.range(0, 256)
                .filter(code -> CommandOpcode.of(code).isPresent())
                .mapToObj("%02x"::formatted)
                .collect(Collectors.joining(" "));

        assertEquals(
                "01 02 03 04 05 06 07 10 11 12 13 18 1a 20 21 22 23 28 2a 30 40 41 44 45 46"
                        + " 50 51 52 53 58 5a 60 70 73",
                opcodes);
    }

    @Test
    void commandsOfTheSecureQueueAreKnown() {
        String secure = Arrays.stream(CommandOpcode.values())
                .filter(CommandOpcode::isSecureOnly)
                .map(opcode -> "%02x".formatted(opcode.code()))
                .collect(Collectors.joining(" "));

        assertEquals("18 1a 50 51 52 53 58 5a 60", secure);
    }

    @Test
    void aCommandKeepsItsBytes() {
        byte[] bytes = HexFormat.of().parseHex("12f03100efbe3412" + "010d00dc0a000000");

        CommandRecord command = CommandRecord.fromBytes(bytes);

        assertEquals(0x1234_BEEF_0031_F012L, command.dw0());
        assertEquals(0x0000_000A_DC00_0D01L, command.dw1());
        assertEquals("12f03100efbe3412010d00dc0a000000", HexFormat.of().formatHex(command.toBytes()));
    }
}
