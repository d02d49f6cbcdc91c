package org.nestor.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.nestor.smmu.register.IdRegisters;

/** Encodings that several structures share. */
enum Encoding {
    DECIMAL(Long::toUnsignedString),
    /** The OAS code. */
    ADDRESS_SIZE(Encoding::addressSize),
    /** TxSZ and S2T0SZ. */
    INPUT_SIZE(size -> 64 - size + "-bit input addresses"),
    /** Fetch cacheability of STEs and CDs. */
    CACHEABILITY(Meaning.choice(List.of("NC", "WB-RA-WA", "WT-RA", "WB-RA")).words()),
    /** CR1 cacheability. */
    QUEUE_CACHEABILITY(
            Meaning.choice(List.of("NC", "WB", "WT", "reserved, as NC")).words()),
    SHAREABILITY(
            Meaning.choice(List.of("non-shareable", "reserved, as non-shareable", "outer shareable", "inner shareable"))
                    .words()),
    SHCFG(Meaning.choice(List.of("non-shareable", "as incoming", "outer shareable", "inner shareable"))
            .words()),
    /** TG0 and S2TG. */
    TG0(Meaning.choice(List.of("4 KiB granule", "64 KiB granule", "16 KiB granule", "reserved"))
            .words()),
    TG1(Meaning.choice(List.of("reserved", "16 KiB granule", "4 KiB granule", "64 KiB granule"))
            .words()),
    /** TG of a range command. */
    TG_RANGE(Meaning.choice(List.of("a single address", "4 KiB granule", "16 KiB granule", "64 KiB granule"))
            .words()),
    /** MemAttr[3:0]. */
    MEM_ATTR(Encoding::memAttr),
    ALLOCCFG(Encoding::allocation),
    /** The eight bytes of MAIR. */
    MAIR(Encoding::mair),
    /** A power of two. */
    LOG2(value -> "2^" + value);

    private static final List<String> DEVICE = List.of("Device-nGnRnE", "Device-nGnRE", "Device-nGRE", "Device-GRE");
    private static final List<String> NORMAL = List.of("reserved", "NC", "WT", "WB");

    private final LongFunction<String> words;

    Encoding(LongFunction<String> words) {
        this.words = words;
    }

    String words(long value) {
        return words.apply(value);
    }

    private static String addressSize(long code) {
        String bits = IdRegisters.addressBits((int) code) + "-bit";
        return code == 7 ? "reserved, as " + bits : bits;
    }

    /** The OAS code in IPS and S2PS, which the SMMU's own output size limits. */
    static String outputSize(long code, int effectiveBits) {
        String words = addressSize(code) + " output addresses";
        boolean limited = IdRegisters.addressBits((int) code) > effectiveBits;
        return limited ? words + ", " + effectiveBits + "-bit in effect" : words;
    }

    /** HD and S2HD, which need HA or S2HA. */
    static String dirtyState(long hd, boolean accessFlag, String needed) {
        if (hd == 0) {
            return "no dirty state update";
        }
        return accessFlag ? "dirty state update" : "no effect without " + needed;
    }

    private static String memAttr(long value) {
        int outer = (int) value >>> 2;
        int inner = (int) value & 3;
        if (outer == 0) {
            return DEVICE.get(inner);
        }
        if (inner == 0) {
            return "reserved, as Device-nGnRnE";
        }
        return outer == inner
                ? "Normal " + NORMAL.get(inner)
                : "Normal outer " + NORMAL.get(outer) + ", inner " + NORMAL.get(inner);
    }

    private static String allocation(long value) {
        if (value < 8) {
            return "as incoming";
        }
        return ((value & 4) != 0 ? "RA" : "no RA")
                + ((value & 2) != 0 ? ", WA" : ", no WA")
                + ((value & 1) != 0 ? ", transient" : "");
    }

    private static String mair(long value) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int attribute = (int) (value >>> 8 * i & 0xFF);
            if (attribute != 0) {
                words.add("Attr" + i + " " + mairByte(attribute));
            }
        }
        if (words.size() < 8) {
            words.add((words.isEmpty() ? "all " : "others ") + DEVICE.get(0));
        }
        return String.join(", ", words);
    }

    private static String mairByte(int attribute) {
        int outer = attribute >>> 4;
        int inner = attribute & 0xF;
        if (outer == 0) {
            return (inner & 3) == 0 ? DEVICE.get(inner >>> 2) : "reserved";
        }
        if (inner == 0) {
            return "reserved";
        }
        return outer == inner ? mairHalf(inner) : "outer " + mairHalf(outer) + " inner " + mairHalf(inner);
    }

    private static String mairHalf(int half) {
        if (half == 4) {
            return "NC";
        }
        String type = (half & 4) != 0 ? "WB" : "WT";
        return type + ((half & 2) != 0 ? "-RA" : "") + ((half & 1) != 0 ? "-WA" : "") + (half < 8 ? "-transient" : "");
    }
}
