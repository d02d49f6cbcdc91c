package org.nestor.smmu.register;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nestor.smmu.format.BitWalk;

class RegisterLayoutTests {

    @ParameterizedTest
    @CsvSource(textBlock = """
            IDR2, BA_VATOS 9 0
            IDR4, IMPDEF 31 0
            IIDR, ProductID 31 20|Variant 19 16|Revision 15 12|Implementer 11 0
            AIDR, ArchMajorRev 7 4|ArchMinorRev 3 0
            CR0, SMMUEN 0 0|PRIQEN 1 1|EVENTQEN 2 2|CMDQEN 3 3|ATSCHK 4 4|VMW 8 6|DPT_WALK_EN 10 10
            CR0ACK, SMMUEN 0 0|PRIQEN 1 1|EVENTQEN 2 2|CMDQEN 3 3|ATSCHK 4 4|VMW 8 6|DPT_WALK_EN 10 10
            CR1, QUEUE_IC 1 0|QUEUE_OC 3 2|QUEUE_SH 5 4|TABLE_IC 7 6|TABLE_OC 9 8|TABLE_SH 11 10
            CR2, E2H 0 0|RECINVSID 1 1|PTM 2 2|REC_CFG_ATS 3 3
            STATUSR, DORMANT 0 0
            GBPA, MemAttr 3 0|MTCFG 4 4|ALLOCCFG 11 8|SHCFG 13 12|PRIVCFG 17 16|INSTCFG 19 18|ABORT 20 20|Update 31 31
            AGBPA, IMPDEF 31 0
            IRQ_CTRL, GERROR_IRQEN 0 0|PRIQ_IRQEN 1 1|EVENTQ_IRQEN 2 2
            IRQ_CTRLACK, GERROR_IRQEN 0 0|PRIQ_IRQEN 1 1|EVENTQ_IRQEN 2 2
            GERROR_IRQ_CFG0, ADDR 51 2
            GERROR_IRQ_CFG1, DATA 31 0
            GERROR_IRQ_CFG2, MemAttr 3 0|SH 5 4
            STRTAB_BASE, ADDR 51 6|RA 62 62
            STRTAB_BASE_CFG, LOG2SIZE 5 0|SPLIT 10 6|FMT 17 16
            CMDQ_BASE, LOG2SIZE 4 0|ADDR 51 5|RA 62 62
            CMDQ_PROD, WR 19 0
            CMDQ_CONS, RD 19 0|ERR 30 24
            EVENTQ_BASE, LOG2SIZE 4 0|ADDR 51 5|WA 62 62
            EVENTQ_PROD, WR 19 0|OVFLG 31 31
            EVENTQ_CONS, RD 19 0|OVACKFLG 31 31
            EVENTQ_IRQ_CFG0, ADDR 51 2
            EVENTQ_IRQ_CFG1, DATA 31 0
            EVENTQ_IRQ_CFG2, MemAttr 3 0|SH 5 4
            PRIQ_BASE, LOG2SIZE 4 0|ADDR 51 5|WA 62 62
            PRIQ_PROD, WR 19 0|OVFLG 31 31
            PRIQ_CONS, RD 19 0|OVACKFLG 31 31
            PRIQ_IRQ_CFG0, ADDR 51 2
            PRIQ_IRQ_CFG1, DATA 31 0
            PRIQ_IRQ_CFG2, MemAttr 3 0|SH 5 4|LO 31 31
            GATOS_CTRL, RUN 0 0
            GATOS_SID, STREAMID 31 0|SUBSTREAMID 51 32|SSID_VALID 52 52
            GATOS_ADDR, HTTUI 6 6|InD 7 7|RnW 8 8|PnU 9 9|TYPE 11 10|ADDR 63 12
            GATOS_PAR, FAULT 0 0|SH 9 8|Size 11 11|ADDR 51 12|ATTR 63 56
            MPAMIDR, ''
            GMPAM, ''
            GBPMPAM, ''
            VATOS_SEL, ''
            IDR6, ''
            """)
    void everyBitOfARegisterIsSeenByItsFieldAndNoOther(Register register, String fields) {
        BitWalk.assertFields(register.layout(), fields.replace('|', '\n'));
    }

    @ParameterizedTest
    @CsvSource({"GERROR", "GERRORN"})
    void everyBitOfTheErrorRegistersIsSeenByItsFieldAndNoOther(Register register) {
        BitWalk.assertFields(register.layout(), """
                CMDQ_ERR 0 0
                EVENTQ_ABT_ERR 2 2
                PRIQ_ABT_ERR 3 3
                MSI_CMDQ_ABT_ERR 4 4
                MSI_EVENTQ_ABT_ERR 5 5
                MSI_PRIQ_ABT_ERR 6 6
                MSI_GERROR_ABT_ERR 7 7
                SFM_ERR 8 8
                CMDQP_ERR 9 9
                DPT_ERR 10 10
                """);
    }

    @Test
    void everyBitOfTheIdRegistersIsSeenByItsFieldAndNoOther() {
        BitWalk.assertFields(Register.IDR0.layout(), """
                S2P 0 0
                S1P 1 1
                TTF 3 2
                COHACC 4 4
                BTM 5 5
                HTTU 7 6
                DORMHINT 8 8
                HYP 9 9
                ATS 10 10
                NS1ATS 11 11
                ASID16 12 12
                MSI 13 13
                SEV 14 14
                ATOS 15 15
                PRI 16 16
                VMW 17 17
                VMID16 18 18
                CD2L 19 19
                VATOS 20 20
                TTENDIAN 22 21
                ATSRECERR 23 23
                STALL_MODEL 25 24
                TERM_MODEL 26 26
                ST_LEVEL 28 27
                RME_IMPL 30 30
                """);
        BitWalk.assertFields(Register.IDR1.layout(), """
                SIDSIZE 5 0
                SSIDSIZE 10 6
                PRIQS 15 11
                EVENTQS 20 16
                CMDQS 25 21
                ATTR_PERMS_OVR 26 26
                ATTR_TYPES_OVR 27 27
                REL 28 28
                QUEUES_PRESET 29 29
                TABLES_PRESET 30 30
                ECMDQ 31 31
                """);
        BitWalk.assertFields(Register.IDR3.layout(), """
                HAD 2 2
                PBHA 3 3
                XNX 4 4
                PPS 5 5
                MPAM 7 7
                FWB 8 8
                STT 9 9
                RIL 10 10
                BBML 12 11
                E0PD 13 13
                PTWNNC 14 14
                DPT 15 15
                """);
        BitWalk.assertFields(Register.IDR5.layout(), """
                OAS 2 0
                GRAN4K 4 4
                GRAN16K 5 5
                GRAN64K 6 6
                VAX 11 10
                STALL_MAX 31 16
                """);
    }

    /** The registers lie in the bytes one after the other, IDR0 first, IDR5 from bit 160, AIDR from bit 224. */
    @Test
    void everyBitOfTheIdRegistersIsSeenByItsAccessorAndNoOther() {
        BitWalk.assertAccessors(
                IdRegisters.class,
                32,
                RegisterLayoutTests::decode,
                Set.of("idr0", "idr1", "idr2", "idr3", "idr4", "idr5", "iidr", "aidr", "oas", "ias"),
                """
                s2p 0 0
                s1p 1 1
                ttf 3 2
                cohacc 4 4
                btm 5 5
                httu 7 6
                hyp 9 9
                ats 10 10
                ns1ats 11 11
                asid16 12 12
                msi 13 13
                sev 14 14
                pri 16 16
                vmw 17 17
                vmid16 18 18
                cd2l 19 19
                ttendian 22 21
                atsrecerr 23 23
                stallModel 25 24
                termModel 26 26
                stLevel 28 27
                sidSize 37 32
                ssidSize 42 38
                priqs 47 43
                eventqs 52 48
                cmdqs 57 53
                attrPermsOvr 58 58
                attrTypesOvr 59 59
                queuesPreset 61 61
                tablesPreset 62 62
                had 98 98
                xnx 100 100
                pps 101 101
                fwb 104 104
                stt 105 105
                ril 106 106
                bbml 108 107
                e0pd 109 109
                ptwnnc 110 110
                oasCode 162 160
                gran4k 164 164
                gran16k 165 165
                gran64k 166 166
                vax 171 170
                stallMax 191 176
                archMajorRev 231 228
                """);
    }

    @ParameterizedTest
    @CsvSource({"0, 32, 32, 40", "1, 36, 36, 40", "2, 40, 40, 40", "3, 42, 42, 42", "5, 48, 48, 48", "6, 52, 52, 52"})
    void addressSizesFollowTheCodeAndTheTableFormats(int code, int oas, int ias, int iasWithAArch32) {
        assertEquals(oas, new IdRegisters(0b1000, 0, 0, 0, 0, code, 0, 0).oas());
        assertEquals(ias, new IdRegisters(0b1000, 0, 0, 0, 0, code, 0, 0).ias());
        assertEquals(iasWithAArch32, new IdRegisters(0b1100, 0, 0, 0, 0, code, 0, 0).ias());
    }

    private static IdRegisters decode(byte[] bytes) {
        int[] words = new int[8];
        for (int i = 0; i < 8; i++) {
            words[i] = (int) (BitWalk.doubleword(bytes, i / 2) >>> i % 2 * 32);
        }
        return new IdRegisters(words[0], words[1], words[2], words[3], words[4], words[5], words[6], words[7]);
    }
}
