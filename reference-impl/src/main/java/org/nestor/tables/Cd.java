package org.nestor.tables;

import static org.nestor.tables.Fields.flag;

import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.Line;

/** A CD in the making. Every method gives a changed copy; the names are those of IHI 0070 section 5.4. */
public record Cd(Line line) {

    /** MAIR of {@link #aarch64}: Attr0 Write-Back, Attr1 Non-cacheable, Attr2 Device-nGnRnE, Attr3 Device-nGnRE, Attr4 Write-Through. */
    public static final long MAIR = 0x0000_00AA_0400_44FFL;

    /** V, AA64, A and R set, S clear, both tables disabled, IPS = 48 bits, {@link #MAIR}. */
    public static Cd aarch64() {
        return new Cd(Line.ZERO)
                .v(true)
                .aa64(true)
                .a(true)
                .r(true)
                .epd0(true)
                .epd1(true)
                .ips(5)
                .mair(MAIR);
    }

    /** Translates the lower half of the input range through a table. */
    public static Cd of(PageTable lower) {
        return aarch64().tt0(lower);
    }

    /** Sets TTB0, T0SZ, TG0 and ENDI and clears EPD0. */
    public Cd tt0(PageTable table) {
        return ttb0(table.base())
                .t0sz(64 - table.inputBits())
                .tg0(table.tg0())
                .endi(table.bigEndian())
                .epd0(false);
    }

    /** Sets TTB1, T1SZ, TG1 and ENDI and clears EPD1. */
    public Cd tt1(PageTable table) {
        return ttb1(table.base())
                .t1sz(64 - table.inputBits())
                .tg1(table.tg1())
                .endi(table.bigEndian())
                .epd1(false);
    }

    /** Sets any field by its name in the layout. */
    public Cd with(String field, long value) {
        return new Cd(Fields.set(ContextDescriptor.LAYOUT, line, field, value));
    }

    public Cd v(boolean value) {
        return with("V", flag(value));
    }

    public Cd aa64(boolean value) {
        return with("AA64", flag(value));
    }

    public Cd t0sz(int value) {
        return with("T0SZ", value);
    }

    public Cd t1sz(int value) {
        return with("T1SZ", value);
    }

    /** 00 4K, 01 64K, 10 16K. */
    public Cd tg0(int value) {
        return with("TG0", value);
    }

    /** 01 16K, 10 4K, 11 64K. */
    public Cd tg1(int value) {
        return with("TG1", value);
    }

    public Cd epd0(boolean value) {
        return with("EPD0", flag(value));
    }

    public Cd epd1(boolean value) {
        return with("EPD1", flag(value));
    }

    public Cd endi(boolean value) {
        return with("ENDI", flag(value));
    }

    public Cd ips(int value) {
        return with("IPS", value);
    }

    public Cd affd(boolean value) {
        return with("AFFD", flag(value));
    }

    public Cd wxn(boolean value) {
        return with("WXN", flag(value));
    }

    public Cd pan(boolean value) {
        return with("PAN", flag(value));
    }

    public Cd tbi0(boolean value) {
        return with("TBI0", flag(value));
    }

    public Cd tbi1(boolean value) {
        return with("TBI1", flag(value));
    }

    public Cd ha(boolean value) {
        return with("HA", flag(value));
    }

    public Cd hd(boolean value) {
        return with("HD", flag(value));
    }

    public Cd s(boolean value) {
        return with("S", flag(value));
    }

    public Cd r(boolean value) {
        return with("R", flag(value));
    }

    public Cd a(boolean value) {
        return with("A", flag(value));
    }

    public Cd asid(int value) {
        return with("ASID", value);
    }

    public Cd aset(boolean value) {
        return with("ASET", flag(value));
    }

    public Cd had0(boolean value) {
        return with("HAD0", flag(value));
    }

    public Cd e0pd0(boolean value) {
        return with("E0PD0", flag(value));
    }

    public Cd e0pd1(boolean value) {
        return with("E0PD1", flag(value));
    }

    /** Eight attribute bytes, Attr0 lowest. */
    public Cd mair(long value) {
        return with("MAIR", value);
    }

    /** Bits [51:4] of an address. */
    public Cd ttb0(long address) {
        return new Cd(Fields.address(ContextDescriptor.LAYOUT, line, "TTB0", address));
    }

    /** Bits [51:4] of an address. */
    public Cd ttb1(long address) {
        return new Cd(Fields.address(ContextDescriptor.LAYOUT, line, "TTB1", address));
    }
}
