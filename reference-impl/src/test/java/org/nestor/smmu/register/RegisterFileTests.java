package org.nestor.smmu.register;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleLog;

class RegisterFileTests {
    private static final IdRegisters IDS = Profile.FULL.idRegisters();
    private static final long ALL_ONES = -1L;

    private boolean acknowledges = true;
    private boolean updatesBypass = true;
    private final RegisterFile file = file(IDS);

    private RegisterFile file(IdRegisters ids) {
        RegisterBank bank = new RegisterBank();
        return new RegisterFile(
                bank,
                new RegisterDecoder(RuleLog.NONE),
                new RegisterFeatures(ids),
                new RegisterGuards(bank, ids, RuleLog.NONE),
                new Acknowledgement() {
                    @Override
                    public long control(long requested, long acknowledged) {
                        return acknowledges ? super.control(requested, acknowledged) : acknowledged;
                    }

                    @Override
                    public long interrupts(long requested, long acknowledged) {
                        return acknowledges ? super.interrupts(requested, acknowledged) : acknowledged;
                    }

                    @Override
                    public boolean bypassAttributes() {
                        return updatesBypass && super.bypassAttributes();
                    }
                },
                RuleLog.NONE);
    }

    private long read(Register register) {
        return file.read(register.offset(), register.width() / 8);
    }

    private void write(Register register, long value) {
        write(file, register, value);
    }

    private static void write(RegisterFile file, Register register, long value) {
        file.write(register.offset(), register.width() / 8, value);
        file.acknowledge();
    }

    @Test
    @Rule("A-REG-01")
    @Rule("A-REG-02")
    void halvesOfA64BitRegisterAreAccessedSeparately() {
        file.write(0x80, 4, 0x1234_5640);
        file.write(0x84, 4, 0x4000_0012);
        assertEquals(0x4000_0012_1234_5640L, file.read(0x80, 8));
        assertEquals(0x1234_5640, file.read(0x80, 4));
        assertEquals(0x4000_0012, file.read(0x84, 4));
        file.write(0x84, 4, 0x4000_0003);
        assertEquals(0x4000_0003_1234_5640L, file.read(0x80, 8));
    }

    @ParameterizedTest
    @CsvSource({"0x28,1", "0x28,2", "0x2A,4", "0x29,4", "0x84,8", "0x82,8", "0x28,8"})
    @Rule("A-REG-03")
    void unsupportedAccessesReadZeroAndWriteNothing(String offset, int size) {
        write(Register.CR1, 0x555);
        write(Register.STRTAB_BASE, 0xFFC0);
        long at = Long.decode(offset);
        assertEquals(0, file.read(at, size));
        file.write(at, size, ALL_ONES);
        assertEquals(0x555, read(Register.CR1));
        assertEquals(0xFFC0, read(Register.STRTAB_BASE));
        assertEquals(0, read(Register.CR2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x30, 0x4C, 0xE0, 0x200, 0xFD0, 0x7FFC, 0x10000, 0x10020, 0x100B0, 0x1FFFC})
    @Rule("A-REG-04")
    void reservedOffsetsReadZero(long offset) {
        file.write(offset, 4, ALL_ONES);
        file.acknowledge();
        assertEquals(0, file.read(offset, 4));
        assertEquals(0, read(Register.CR0ACK));
    }

    @ParameterizedTest
    @ValueSource(longs = {0x8000, 0x8020, 0x803C, 0xBFFC})
    @Rule("A-REG-07")
    void secureRegistersAreZeroToNonSecureAccesses(long offset) {
        file.write(offset, 4, ALL_ONES);
        assertEquals(0, file.read(offset, 4));
    }

    @ParameterizedTest
    @EnumSource(names = {"IDR0", "IDR1", "IDR2", "IDR3", "IDR4", "IDR5", "IIDR", "AIDR", "STATUSR", "CR0ACK", "GERROR"})
    @Rule("A-REG-05")
    void readOnlyRegistersIgnoreWrites(Register register) {
        long before = read(register);
        write(register, ~before);
        assertEquals(before, read(register));
    }

    @Test
    @Rule("A-REG-05")
    void identificationRegistersShowTheConfiguration() {
        assertEquals(Integer.toUnsignedLong(IDS.idr0()), read(Register.IDR0));
        assertEquals(Integer.toUnsignedLong(IDS.idr5()), read(Register.IDR5));
        assertEquals(2, read(Register.AIDR));
    }

    @Test
    @Rule("A-REG-06")
    void bitsThatDoNotExistReadZero() {
        write(Register.CR1, ALL_ONES);
        assertEquals(0xFFF, read(Register.CR1));
        write(Register.STRTAB_BASE_CFG, ALL_ONES);
        assertEquals(0x3_07FF, read(Register.STRTAB_BASE_CFG));
        write(Register.CMDQ_BASE, ALL_ONES);
        assertEquals(0x400F_FFFF_FFFF_FFFFL, read(Register.CMDQ_BASE));
        write(Register.CR2, ALL_ONES);
        assertEquals(0xB, read(Register.CR2));
        write(Register.CR0, ALL_ONES);
        assertEquals(0x1DF, read(Register.CR0));
        write(Register.GERRORN, ALL_ONES);
        assertEquals(0x1FD, read(Register.GERRORN));
        write(Register.AGBPA, ALL_ONES);
        assertEquals(0, read(Register.AGBPA));
    }

    @Test
    @Rule("A-REG-06")
    void bitsOfAbsentFeaturesReadZero() {
        RegisterFile minimal = file(Profile.MINIMAL.idRegisters());
        write(minimal, Register.CR2, ALL_ONES);
        assertEquals(0x2, minimal.read(0x2C, 4));
        write(minimal, Register.STRTAB_BASE_CFG, ALL_ONES);
        assertEquals(0x3F, minimal.read(0x88, 4));
        write(minimal, Register.PRIQ_BASE, ALL_ONES);
        assertEquals(0, minimal.read(0xC0, 8));
        write(minimal, Register.EVENTQ_IRQ_CFG0, ALL_ONES);
        assertEquals(0, minimal.read(0xB0, 8));
        write(minimal, Register.CR0, ALL_ONES);
        assertEquals(0xD, minimal.read(0x20, 4));
        write(minimal, Register.IRQ_CTRL, ALL_ONES);
        assertEquals(0x5, minimal.read(0x50, 4));
    }

    @ParameterizedTest
    @CsvSource({"0xA8,0x100A8", "0xAC,0x100AC", "0xC8,0x100C8", "0xCC,0x100CC"})
    @Rule("A-REG-08")
    @Rule("A-REG-09")
    void imagesOnPage0AreAliasesOfPage1(String image, String register) {
        file.write(Long.decode(image), 4, 0x8000_0003L);
        assertEquals(0x8000_0003L, file.read(Long.decode(register), 4));
        file.write(Long.decode(register), 4, 0x5);
        assertEquals(0x5, file.read(Long.decode(image), 4));
    }

    @ParameterizedTest
    @EnumSource(names = {"STRTAB_BASE", "STRTAB_BASE_CFG", "CR2"})
    @Rule("A-REG-10")
    @Rule("A-REG-11")
    void streamTableRegistersAreFixedWhileTheSmmuIsEnabled(Register register) {
        assertFixed(register, 1, 0xE);
    }

    @ParameterizedTest
    @EnumSource(names = {"CMDQ_BASE", "CMDQ_CONS"})
    @Rule("A-REG-12")
    @Rule("A-CER-21")
    void commandQueueRegistersAreFixedWhileTheQueueIsEnabled(Register register) {
        assertFixed(register, 8, 7);
    }

    @ParameterizedTest
    @EnumSource(names = {"EVENTQ_BASE", "EVENTQ_PROD"})
    @Rule("A-REG-13")
    void eventQueueRegistersAreFixedWhileTheQueueIsEnabled(Register register) {
        assertFixed(register, 4, 0xB);
    }

    @ParameterizedTest
    @EnumSource(names = {"PRIQ_BASE", "PRIQ_PROD"})
    @Rule("A-REG-13")
    @Rule("A-CTL-12")
    void priQueueRegistersAreFixedWhileTheQueueIsEnabledAsWritten(Register register) {
        assertFixed(register, 2, 0xD);
    }

    /** The register is writable while the enable bits {@code others} are set, and not while {@code guard} is. */
    private void assertFixed(Register register, long guard, long others) {
        write(Register.CR0, others);
        write(register, 0);
        write(register, ALL_ONES);
        long full = read(register);
        assertEquals(new RegisterFeatures(IDS).implemented(register), full);
        write(register, 0);
        write(Register.CR0, guard);
        write(register, ALL_ONES);
        assertEquals(0, read(register));
        acknowledges = false;
        write(Register.CR0, 0);
        write(register, ALL_ONES);
        assertEquals(0, read(register));
        acknowledges = true;
        file.acknowledge();
        write(register, ALL_ONES);
        assertEquals(full, read(register));
    }

    @Test
    @Rule("A-REG-11")
    void attributesOfTablesAndQueuesAreGuardedSeparately() {
        write(Register.CR0, 1);
        write(Register.CR1, ALL_ONES);
        assertEquals(0x03F, read(Register.CR1));
        write(Register.CR0, 0);
        write(Register.CR1, 0);
        for (long enable : new long[] {2, 4, 8}) {
            write(Register.CR0, enable);
            write(Register.CR1, 0);
            write(Register.CR1, ALL_ONES);
            assertEquals(0xFC0, read(Register.CR1));
        }
    }

    @Test
    @Rule("A-REG-14")
    void registersThatHandEntriesOverAreWritableAtAnyTime() {
        write(Register.CR0, 0xF);
        for (Register register : new Register[] {Register.CMDQ_PROD, Register.EVENTQ_CONS, Register.PRIQ_CONS}) {
            write(register, 0x12345);
            assertEquals(0x12345, read(register));
        }
    }

    @Test
    @Rule("A-REG-15")
    void writingABaseRegisterKeepsTheIndexes() {
        write(Register.CMDQ_PROD, 0x33);
        write(Register.CMDQ_CONS, 0x22);
        write(Register.CMDQ_BASE, 0x1_0008);
        assertEquals(0x33, read(Register.CMDQ_PROD));
        assertEquals(0x22, read(Register.CMDQ_CONS));
        write(Register.EVENTQ_PROD, 0x8000_0011L);
        write(Register.EVENTQ_BASE, 0x1_0008);
        assertEquals(0x8000_0011L, read(Register.EVENTQ_PROD));
    }

    @ParameterizedTest
    @CsvSource({"GERROR_IRQ_CFG,1", "PRIQ_IRQ_CFG,2", "EVENTQ_IRQ_CFG,4"})
    @Rule("A-REG-16")
    void interruptConfigurationIsFixedWhileTheSourceIsOn(String name, long irqen) {
        for (int i = 0; i < 3; i++) {
            Register register = Register.named(name + i).orElseThrow();
            write(Register.IRQ_CTRL, 7 & ~irqen);
            write(register, 0x14);
            assertEquals(0x14, read(register));
            write(Register.IRQ_CTRL, irqen);
            write(register, 0);
            assertEquals(0x14, read(register));
            acknowledges = false;
            write(Register.IRQ_CTRL, 0);
            write(register, 0);
            assertEquals(0x14, read(register));
            acknowledges = true;
            file.acknowledge();
        }
    }

    @Test
    @Rule("A-REG-17")
    void presetTablesAndQueuesAreReadOnly() {
        int idr1 = IDS.idr1() | 3 << 29;
        RegisterFile preset = file(new IdRegisters(IDS.idr0(), idr1, 0, 0, 0, IDS.idr5(), 0, 2));
        for (Register register : new Register[] {
            Register.STRTAB_BASE, Register.STRTAB_BASE_CFG, Register.CMDQ_BASE, Register.EVENTQ_BASE, Register.PRIQ_BASE
        }) {
            write(preset, register, ALL_ONES);
            assertEquals(0, preset.read(register.offset(), register.width() / 8));
        }
        write(preset, Register.CMDQ_CONS, 5);
        assertEquals(5, preset.read(0x9C, 4));
    }

    @Test
    @Rule("A-CTL-01")
    void writtenEnablesReadBackAtOnceAndAreAcknowledged() {
        acknowledges = false;
        write(Register.CR0, 0x5);
        assertEquals(0x5, read(Register.CR0));
        assertEquals(0, read(Register.CR0ACK));
        acknowledges = true;
        file.acknowledge();
        assertEquals(0x5, read(Register.CR0ACK));
    }

    @Test
    @Rule("A-CTL-02")
    void guardNeedsBothTheOldAndTheNewValue() {
        acknowledges = false;
        write(Register.CR0, 1);
        write(Register.STRTAB_BASE, 0x1000);
        assertEquals(0, read(Register.STRTAB_BASE));
    }

    @Test
    @Rule("A-CTL-03")
    void secondChangeOfABitBeforeTheAcknowledgeIsIgnored() {
        acknowledges = false;
        write(Register.CR0, 0x4);
        write(Register.CR0, 0x8);
        assertEquals(0xC, read(Register.CR0));
        acknowledges = true;
        file.acknowledge();
        assertEquals(0xC, read(Register.CR0ACK));
        write(Register.CR0, 0x8);
        assertEquals(0x8, read(Register.CR0ACK));
    }

    @Test
    @Rule("A-IRQ-01")
    void interruptEnablesAreAcknowledged() {
        write(Register.IRQ_CTRL, ALL_ONES);
        assertEquals(7, read(Register.IRQ_CTRL));
        assertEquals(7, read(Register.IRQ_CTRLACK));
    }

    @Test
    @Rule("A-GBP-06")
    @Rule("A-GBP-07")
    void bypassAttributesChangeOnlyByAWriteWithUpdate() {
        assertEquals(0x1000, read(Register.GBPA));
        write(Register.GBPA, 0x10_2000);
        assertEquals(0x1000, read(Register.GBPA));
        assertEquals(0x1000, file.bypassInForce());
        write(Register.GBPA, 0x8010_2000L);
        assertEquals(0x10_2000, read(Register.GBPA));
        assertEquals(0x10_2000, file.bypassInForce());
    }

    @Test
    @Rule("A-GBP-08")
    @Rule("A-GBP-09")
    void writeDuringAnUpdateIsIgnoredAndTheNewFieldsReadBack() {
        updatesBypass = false;
        write(Register.GBPA, 0x8010_2000L);
        assertEquals(0x8010_2000L, read(Register.GBPA));
        assertEquals(0x1000, file.bypassInForce());
        write(Register.GBPA, 0x8000_3000L);
        assertEquals(0x8010_2000L, read(Register.GBPA));
        updatesBypass = true;
        file.acknowledge();
        assertEquals(0x10_2000, file.bypassInForce());
    }

    @Test
    @Rule("A-GBP-10")
    void bypassAttributesMayChangeWhileTheSmmuIsEnabled() {
        write(Register.CR0, 1);
        write(Register.GBPA, 0x8010_0000L);
        assertEquals(0x10_0000, read(Register.GBPA));
    }

    @Test
    void resetRestoresEveryRegister() {
        write(Register.CR1, 0x3F);
        write(Register.GBPA, 0x8010_0000L);
        file.reset();
        assertEquals(0, read(Register.CR1));
        assertEquals(0x1000, read(Register.GBPA));
        assertEquals(0x1000, file.bypassInForce());
        assertEquals(Integer.toUnsignedLong(IDS.idr1()), read(Register.IDR1));
    }
}
