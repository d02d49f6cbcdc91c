package org.nestor.smmu.walk;

import java.util.List;
import java.util.stream.IntStream;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.Choice;
import org.nestor.smmu.config.Stage1Regime;
import org.nestor.smmu.config.Stage2Regime;
import org.nestor.smmu.format.Stage1Descriptor;
import org.nestor.smmu.transaction.AttributeOverrides;
import org.nestor.smmu.transaction.MemoryAttributes;
import org.nestor.smmu.transaction.Shareability;

/** Memory types of the two stages and how they combine (IHI 0070 chapter 13, DDI 0487). */
public class AttributeRules {
    private static final RuleId RESERVED_BYTE = RuleId.of("A-ATT-15");
    private static final RuleId TYPES_COMBINED = RuleId.of("A-ATT-06");
    private static final RuleId SHAREABILITIES_COMBINED = RuleId.of("A-ATT-07");
    private static final RuleId FORCED = RuleId.of("A-ATT-09");
    private static final RuleId FORCED_TYPE_ONLY = RuleId.of("A-ATT-10");
    private static final RuleId FORCED_DEVICE = RuleId.of("A-ATT-16");
    private static final RuleId FORCED_BEFORE_TEST = RuleId.of("A-NST-09");
    private static final List<Integer> TYPES = IntStream.rangeClosed(0, MemoryAttributes.NORMAL_WB)
            .filter(MemoryAttributes::isType)
            .boxed()
            .toList();
    private static final int NC = 1;
    private static final int WT = 2;
    private static final int WB = 3;
    private static final int FWB_NORMAL_NC = 0b101;
    private static final int FWB_FORCE_WB = 0b110;
    private static final int FWB_STAGE_1 = 0b111;

    private final RuleLog rules;

    public AttributeRules(RuleLog rules) {
        this.rules = rules;
    }

    /** Type and shareability of a stage 1 leaf: MAIR byte AttrIndx, and SH. */
    @Rule("A-ATT-03")
    public MemoryAttributes stage1(Stage1Descriptor leaf, Stage1Regime regime, Choice choice) {
        int attribute = (int) (regime.mair() >>> 8 * leaf.attrIndx()) & 0xFF;
        return new MemoryAttributes(typeOfMair(attribute, choice), Shareability.ofField(leaf.sh()));
    }

    /** A MAIR byte as MemAttr[3:0]. */
    protected int typeOfMair(int attribute, Choice choice) {
        int high = attribute >>> 4;
        int low = attribute & 0xF;
        if (high == 0) {
            return (low & 0b0011) == 0 ? low >>> 2 : typeOfReserved(choice);
        }
        return low == 0 ? typeOfReserved(choice) : cacheability(high) << 2 | cacheability(low);
    }

    /** For a reserved byte any type may be used; the reference prefers the first, Device-nGnRnE. */
    @Rule("A-ATT-15")
    private int typeOfReserved(Choice choice) {
        rules.followed(RESERVED_BYTE);
        return TYPES.get(choice.choose(RESERVED_BYTE, TYPES.size()));
    }

    private static int cacheability(int nibble) {
        return switch (nibble >>> 2) {
            case 0, 2 -> WT;
            case 1 -> (nibble & 0b11) == 0 ? NC : WB;
            default -> WB;
        };
    }

    /** Stage 1 (or, where it is off, input) attributes combined with those of a stage 2 leaf. */
    @Rule("A-ATT-04")
    @Rule("A-ATT-05")
    @Rule("A-ATT-10")
    @Rule("A-ATT-11")
    public MemoryAttributes combine(MemoryAttributes first, Stage2Leaf leaf, Stage2Regime regime) {
        rules.followed(FORCED_TYPE_ONLY, regime.forceWriteBack());
        int type = regime.forceWriteBack() ? forcedType(first, leaf.memAttr()) : combinedType(first, type(leaf));
        return new MemoryAttributes(type, combinedShareability(first.shareability(), Shareability.ofField(leaf.sh())));
    }

    @Rule("A-ATT-06")
    protected int combinedType(MemoryAttributes first, int second) {
        rules.followed(TYPES_COMBINED);
        if (first.isDevice() || second <= MemoryAttributes.DEVICE_GRE) {
            return Math.min(deviceOr(first.memAttr()), deviceOr(second));
        }
        int outer = Math.min(first.outer(), second >>> 2);
        int inner = Math.min(first.inner(), second & 0b11);
        return outer << 2 | inner;
    }

    /** A Device type as itself, a Normal type as one that never wins against a Device type. */
    private static int deviceOr(int type) {
        return type <= MemoryAttributes.DEVICE_GRE ? type : MemoryAttributes.NORMAL_WB;
    }

    @Rule("A-ATT-07")
    protected Shareability combinedShareability(Shareability first, Shareability second) {
        rules.followed(SHAREABILITIES_COMBINED, first != second);
        return first.widest(second);
    }

    /** With S2FWB; the reserved code 0b100 and codes with bit 3 set are taken as Normal Non-cacheable. */
    @Rule("A-ATT-09")
    @Rule("A-ATT-16")
    protected int forcedType(MemoryAttributes first, int memAttr) {
        rules.followed(memAttr <= MemoryAttributes.DEVICE_GRE ? FORCED_DEVICE : FORCED);
        return switch (memAttr) {
            case 0, 1, 2, 3 -> first.isDevice() ? Math.min(first.memAttr(), memAttr) : memAttr;
            case FWB_FORCE_WB -> MemoryAttributes.NORMAL_WB;
            case FWB_STAGE_1 -> first.memAttr();
            case FWB_NORMAL_NC -> first.isDevice() ? first.memAttr() : MemoryAttributes.NORMAL_NC;
            default -> combinedType(first, MemoryAttributes.NORMAL_NC);
        };
    }

    /** Whether stage 2 maps the page of a table or CD as Device, which S2PTW forbids. */
    @Rule("A-NST-09")
    public boolean isDevice(Stage2Leaf leaf, Stage2Regime regime) {
        rules.followed(FORCED_BEFORE_TEST, regime.forceWriteBack());
        int type = regime.forceWriteBack() ? leaf.memAttr() : type(leaf);
        return type <= MemoryAttributes.DEVICE_GRE;
    }

    private static int type(Stage2Leaf leaf) {
        return AttributeOverrides.typeOfField(leaf.memAttr());
    }
}
