package org.nestor.tables;

import static org.nestor.tables.Fields.flag;

import org.nestor.smmu.format.Line;
import org.nestor.smmu.format.StreamTableEntry;

/**
 * An STE in the making. Every method gives a changed copy; the names are those of IHI 0070 section 5.2.
 *
 * <p>The factories set V, Config, SHCFG = use incoming and, with stage 2, S2AA64, S2PS = 48 bits and S2R.
 */
public record Ste(Line line) {

    /** Config = 0b000: every transaction is aborted without a record. */
    public static Ste aborting() {
        return new Ste(Line.ZERO).v(true);
    }

    /** Config = 0b100. */
    public static Ste bypass() {
        return aborting().config(0b100).shcfg(0b01);
    }

    /** Config = 0b101. */
    public static Ste stage1(CdTable contexts) {
        return bypass().config(0b101).contexts(contexts);
    }

    /** Config = 0b110. */
    public static Ste stage2(PageTable table) {
        return bypass().config(0b110)
                .with("S2AA64", 1)
                .with("S2PS", 5)
                .s2r(true)
                .stage2Table(table);
    }

    /** Config = 0b111. */
    public static Ste nested(CdTable contexts, PageTable table) {
        return stage2(table).config(0b111).contexts(contexts);
    }

    /** Sets S1ContextPtr, S1CDMax and S1Fmt. */
    public Ste contexts(CdTable table) {
        return s1ContextPtr(table.s1ContextPtr()).s1CdMax(table.s1CdMax()).s1Fmt(table.s1Fmt());
    }

    /** Sets S2TTB, S2T0SZ, S2SL0, S2TG and S2ENDI. */
    public Ste stage2Table(PageTable table) {
        return s2ttb(table.base())
                .s2t0sz(64 - table.inputBits())
                .s2sl0(table.s2sl0())
                .s2tg(table.tg0())
                .s2endi(table.bigEndian());
    }

    /** Sets any field by its name in the layout. */
    public Ste with(String field, long value) {
        return new Ste(Fields.set(StreamTableEntry.LAYOUT, line, field, value));
    }

    public Ste v(boolean value) {
        return with("V", flag(value));
    }

    public Ste config(int value) {
        return with("Config", value);
    }

    public Ste s1Fmt(int value) {
        return with("S1Fmt", value);
    }

    /** Bits [51:6] of an address. */
    public Ste s1ContextPtr(long address) {
        return new Ste(Fields.address(StreamTableEntry.LAYOUT, line, "S1ContextPtr", address));
    }

    public Ste s1CdMax(int value) {
        return with("S1CDMax", value);
    }

    public Ste s1dss(int value) {
        return with("S1DSS", value);
    }

    public Ste s1stalld(boolean value) {
        return with("S1STALLD", flag(value));
    }

    public Ste eats(int value) {
        return with("EATS", value);
    }

    public Ste strw(int value) {
        return with("STRW", value);
    }

    public Ste mev(boolean value) {
        return with("MEV", flag(value));
    }

    /** MTCFG = 1 with that MemAttr. */
    public Ste memAttr(int value) {
        return with("MTCFG", 1).with("MemAttr", value);
    }

    public Ste shcfg(int value) {
        return with("SHCFG", value);
    }

    public Ste privcfg(int value) {
        return with("PRIVCFG", value);
    }

    public Ste instcfg(int value) {
        return with("INSTCFG", value);
    }

    public Ste s2vmid(int value) {
        return with("S2VMID", value);
    }

    public Ste s2t0sz(int value) {
        return with("S2T0SZ", value);
    }

    public Ste s2sl0(int value) {
        return with("S2SL0", value);
    }

    public Ste s2tg(int value) {
        return with("S2TG", value);
    }

    public Ste s2ps(int value) {
        return with("S2PS", value);
    }

    public Ste s2aa64(boolean value) {
        return with("S2AA64", flag(value));
    }

    public Ste s2endi(boolean value) {
        return with("S2ENDI", flag(value));
    }

    public Ste s2affd(boolean value) {
        return with("S2AFFD", flag(value));
    }

    public Ste s2ptw(boolean value) {
        return with("S2PTW", flag(value));
    }

    public Ste s2ha(boolean value) {
        return with("S2HA", flag(value));
    }

    public Ste s2hd(boolean value) {
        return with("S2HD", flag(value));
    }

    public Ste s2s(boolean value) {
        return with("S2S", flag(value));
    }

    public Ste s2r(boolean value) {
        return with("S2R", flag(value));
    }

    public Ste s2fwb(boolean value) {
        return with("S2FWB", flag(value));
    }

    /** Bits [51:4] of an address. */
    public Ste s2ttb(long address) {
        return new Ste(Fields.address(StreamTableEntry.LAYOUT, line, "S2TTB", address));
    }
}
