package org.nestor.generators.play;

import org.nestor.tables.Stage1Bits;
import org.nestor.tables.Stage2Bits;

/** Attributes of leaf descriptors described by one number; 0 is readable and writable, and not global. */
final class Attributes {
    private static final int FORMS = 12;
    private static final long STAGE_1_BITS = 0x0070_0000_0000_0FDCL | Stage1Bits.DBM;
    private static final long STAGE_2_BITS = 0x0060_0000_0000_07FCL | Stage2Bits.DBM;
    private static final long IGNORED = 0x0780_0000_0000_0000L;
    private static final long AP = 0xC0;
    private static final long SH = 0x300;
    private static final long MEM_ATTR = 0x3C;
    private static final long ATTR_INDX = 0x1C;

    private Attributes() {}

    static long of(int stage, int choice) {
        return stage == 1 ? stage1(choice) : stage2(choice);
    }

    /** Bits 4 and up are the argument; the lowest of them makes the leaf global. */
    private static long stage1(int choice) {
        int argument = choice / FORMS / 2;
        long global = choice / FORMS % 2 == 1 ? 0 : Stage1Bits.NG;
        long plain = Stage1Bits.READ_WRITE | global;
        return switch (choice % FORMS) {
            case 0 -> plain;
            case 1 -> plain & ~AP | Stage1Bits.ap(0b11);
            case 2 -> plain & ~AP | Stage1Bits.ap(argument & 0b11);
            case 3 -> plain & ~Stage1Bits.AF;
            case 4 -> plain | Stage1Bits.UXN;
            case 5 -> plain | Stage1Bits.PXN;
            case 6 -> plain & ~ATTR_INDX | Stage1Bits.attrIndx(argument & 7);
            case 7 -> plain & ~SH | Stage1Bits.sh(argument & 3);
            case 8 -> plain & ~AP | Stage1Bits.ap(0b11) | Stage1Bits.DBM;
            case 9 -> plain & ~AP & ~Stage1Bits.AF | Stage1Bits.ap(0b10) | Stage1Bits.DBM;
            case 10 -> plain | IGNORED & Bits.mix(argument);
            default -> Bits.mix(choice) & STAGE_1_BITS;
        };
    }

    private static long stage2(int choice) {
        int argument = choice / FORMS;
        long plain = Stage2Bits.READ_WRITE;
        return switch (choice % FORMS) {
            case 0 -> plain;
            case 1 -> plain & ~AP | Stage2Bits.s2ap(0b01);
            case 2 -> plain & ~AP | Stage2Bits.s2ap(0b10);
            case 3 -> plain & ~AP | Stage2Bits.s2ap(argument & 0b11);
            case 4 -> plain & ~Stage2Bits.AF;
            case 5 -> plain | Stage2Bits.xn(argument & 0b11);
            case 6 -> plain & ~MEM_ATTR | Stage2Bits.memAttr(argument & 0xF);
            case 7 -> plain & ~SH | Stage2Bits.sh(argument & 3);
            case 8 -> plain & ~AP | Stage2Bits.s2ap(0b01) | Stage2Bits.DBM;
            case 9 -> plain & ~AP & ~Stage2Bits.AF | Stage2Bits.s2ap(0b01) | Stage2Bits.DBM;
            case 10 -> plain | IGNORED & Bits.mix(argument);
            default -> Bits.mix(choice) & STAGE_2_BITS;
        };
    }
}
