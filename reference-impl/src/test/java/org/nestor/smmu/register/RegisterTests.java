package org.nestor.smmu.register;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.nestor.rule.Rule;

class RegisterTests {

    @Test
    void theMapIsThatOfTheArchitecture() {
        String map = Arrays.stream(Register.values())
                .map(register -> "%05x %d %s".formatted(register.offset(), register.width(), register))
                .collect(Collectors.joining("\n", "", "\n"));

        assertEquals("""
                00000 32 IDR0
                00004 32 IDR1
                00008 32 IDR2
                0000c 32 IDR3
                00010 32 IDR4
                00014 32 IDR5
                00018 32 IIDR
                0001c 32 AIDR
                00020 32 CR0
                00024 32 CR0ACK
                00028 32 CR1
                0002c 32 CR2
                00040 32 STATUSR
                00044 32 GBPA
                00048 32 AGBPA
                00050 32 IRQ_CTRL
                00054 32 IRQ_CTRLACK
                00060 32 GERROR
                00064 32 GERRORN
                00068 64 GERROR_IRQ_CFG0
                00070 32 GERROR_IRQ_CFG1
                00074 32 GERROR_IRQ_CFG2
                00080 64 STRTAB_BASE
                00088 32 STRTAB_BASE_CFG
                00090 64 CMDQ_BASE
                00098 32 CMDQ_PROD
                0009c 32 CMDQ_CONS
                000a0 64 EVENTQ_BASE
                100a8 32 EVENTQ_PROD
                100ac 32 EVENTQ_CONS
                000b0 64 EVENTQ_IRQ_CFG0
                000b8 32 EVENTQ_IRQ_CFG1
                000bc 32 EVENTQ_IRQ_CFG2
                000c0 64 PRIQ_BASE
                100c8 32 PRIQ_PROD
                100cc 32 PRIQ_CONS
                000d0 64 PRIQ_IRQ_CFG0
                000d8 32 PRIQ_IRQ_CFG1
                000dc 32 PRIQ_IRQ_CFG2
                00100 32 GATOS_CTRL
                00108 64 GATOS_SID
                00110 64 GATOS_ADDR
                00118 64 GATOS_PAR
                00130 32 MPAMIDR
                00138 32 GMPAM
                0013c 32 GBPMPAM
                00180 32 VATOS_SEL
                00190 32 IDR6
                """, map);
    }

    @Test
    void registersAreFoundByNameAndByOffset() {
        for (Register register : Register.values()) {
            assertEquals(Optional.of(register), Register.named(register.name()));
            assertEquals(Optional.of(register), Register.at(register.offset()));
        }
        assertEquals(Optional.empty(), Register.named("cr0"));
        assertEquals(Optional.empty(), Register.at(0x84));
        assertEquals(Optional.empty(), Register.at(0x8000));
    }

    @Test
    @Rule("A-REG-08")
    @Rule("A-REG-09")
    void queueIndexesOfPageOneHaveImagesOnPageZero() {
        assertEquals(Optional.empty(), Register.at(0xA8));
        assertEquals(Optional.of(Register.EVENTQ_PROD), Register.imagedAt(0xA8));
        assertEquals(Optional.of(Register.EVENTQ_CONS), Register.imagedAt(0xAC));
        assertEquals(Optional.of(Register.PRIQ_PROD), Register.imagedAt(0xC8));
        assertEquals(Optional.of(Register.PRIQ_CONS), Register.imagedAt(0xCC));
        assertEquals(Optional.empty(), Register.imagedAt(0x20));
        assertEquals(Optional.empty(), Register.imagedAt(0x100A8));
    }

    @Test
    void idRegistersAndAcknowledgementsAreReadOnly() {
        String readOnly = Arrays.stream(Register.values())
                .filter(register -> register.kind() == Register.Kind.READ_ONLY)
                .map(Register::name)
                .collect(Collectors.joining(" "));

        assertEquals(
                "IDR0 IDR1 IDR2 IDR3 IDR4 IDR5 IIDR AIDR CR0ACK STATUSR IRQ_CTRLACK GERROR GATOS_PAR MPAMIDR IDR6",
                readOnly);
    }
}
