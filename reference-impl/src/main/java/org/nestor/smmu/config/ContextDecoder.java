package org.nestor.smmu.config;

import java.util.List;
import java.util.Optional;
import org.nestor.rule.Rule;
import org.nestor.rule.RuleId;
import org.nestor.rule.RuleLog;
import org.nestor.smmu.config.CdLegality.TableFields;
import org.nestor.smmu.fault.Refusal;
import org.nestor.smmu.format.ContextDescriptor;
import org.nestor.smmu.format.EventType;
import org.nestor.smmu.format.Field;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.register.IdRegisters;

/** Decodes a CD under the STE that led to it: refuses it, or says what it sets up. */
public class ContextDecoder {
    private static final RuleId INVALID = RuleId.of("A-CDV-01");
    private static final RuleId CLAMPED = RuleId.of("A-CDV-08");
    private static final RuleId TABLE_DISABLED = RuleId.of("A-CDV-05");
    private static final RuleId OUTPUT_LIMITED = RuleId.of("A-CDV-12");
    private static final RuleId DIRTY_WITHOUT_ACCESS = RuleId.of("A-CDV-18");
    private static final RuleId ONE_TABLE = RuleId.of("A-CDV-20");
    private static final RuleId NOT_IMPLEMENTED = RuleId.of("A-CDV-21");
    private static final RuleId RAZ_WI = RuleId.of("A-CDV-24");
    private static final RuleId VMID = RuleId.of("A-RGM-05");
    private static final RuleId NO_VMID = RuleId.of("A-RGM-06");
    private static final RuleId VMID_TAG = RuleId.of("C-KEY-01");
    private static final Field T0SZ = ContextDescriptor.LAYOUT.field("T0SZ");
    private static final Field T1SZ = ContextDescriptor.LAYOUT.field("T1SZ");
    private static final int LARGEST_RANGE = 16;
    private static final int SMALLEST_RANGE = 39;

    private final IdRegisters id;
    private final CdLegality legality;
    private final RuleLog rules;

    public ContextDecoder(IdRegisters id, CdLegality legality, RuleLog rules) {
        this.id = id;
        this.legality = legality;
        this.rules = rules;
    }

    public Configuration decode(ContextDescriptor cd, StreamConfiguration stream) {
        Optional<Refusal> refusal = refusal(cd, stream);
        Optional<Stage1Regime> stage1 = refusal.isPresent() ? Optional.empty() : Optional.of(stage1(cd, stream));
        return new Configuration(stream, Optional.of(cd), stage1, refusal);
    }

    /** Decodes a CD, and takes it otherwise than the reference would where that is chosen. */
    @Rule("A-CDV-08")
    public Configuration decode(ContextDescriptor cd, StreamConfiguration stream, Choice choice) {
        Configuration preferred = decode(cd, stream);
        if (preferred.refusal().isEmpty() || !cd.v() || id.atLeastV3(1)) {
            return preferred;
        }
        ContextDescriptor clamped = clamped(cd);
        boolean legal =
                legality.violations(clamped, stream.ste(), stream.world()).isEmpty();
        if (!legal) {
            return preferred;
        }
        rules.followed(CLAMPED);
        return choice.choose(CLAMPED, 2) == 1 ? decode(clamped, stream) : preferred;
    }

    /** An SMMUv3.0 may take a size that is out of range for the nearest that is not. */
    private static ContextDescriptor clamped(ContextDescriptor cd) {
        return new ContextDescriptor(cd.line().with(T0SZ, clamped(cd.t0sz())).with(T1SZ, clamped(cd.t1sz())));
    }

    private static int clamped(int size) {
        return Math.max(LARGEST_RANGE, Math.min(SMALLEST_RANGE, size));
    }

    /** The rule log gets the first of several broken rules from whoever refuses a transaction by it, and the others here. */
    @Rule("A-CDV-01")
    protected Optional<Refusal> refusal(ContextDescriptor cd, StreamConfiguration stream) {
        if (!cd.v()) {
            return Optional.of(Refusal.Fault.configuration(EventType.C_BAD_CD, INVALID));
        }
        List<RuleId> broken = legality.violations(cd, stream.ste(), stream.world());
        if (broken.isEmpty()) {
            return Optional.empty();
        }
        broken.stream().skip(1).forEach(rules::decided);
        return Optional.of(Refusal.Fault.configuration(EventType.C_BAD_CD, broken.get(0)));
    }

    /** The set-up of stage 1 by a legal CD. */
    @Rule("A-CDV-05")
    @Rule("A-CDV-12")
    @Rule("A-CDV-18")
    @Rule("A-CDV-20")
    @Rule("A-CDV-24")
    protected Stage1Regime stage1(ContextDescriptor cd, StreamConfiguration stream) {
        List<TableFields> tables = legality.tablesInUse(cd, stream.world());
        rules.followed(TABLE_DISABLED, stream.world().hasTwoTables() && tables.size() < 2);
        rules.followed(ONE_TABLE, !stream.world().hasTwoTables());
        rules.followed(OUTPUT_LIMITED, IdRegisters.addressBits(cd.ips()) > legality.outputBits(cd));
        rules.followed(DIRTY_WITHOUT_ACCESS, cd.hd() && !cd.ha());
        rules.followed(RAZ_WI, !cd.a());
        return new Stage1Regime(
                tag(cd, stream),
                half(cd, stream.world(), tables, false),
                half(cd, stream.world(), tables, true),
                cd.affd(),
                cd.ha(),
                cd.ha() && cd.hd(),
                cd.wxn(),
                cd.pan() && stream.world().hasTwoTables(),
                cd.mair());
    }

    @Rule("A-RGM-05")
    @Rule("A-RGM-06")
    @Rule("C-KEY-01")
    protected Stage1Tag tag(ContextDescriptor cd, StreamConfiguration stream) {
        StreamWorld world = stream.world();
        boolean tagged = id.s2p() && world.usesVmid();
        rules.followed(VMID, tagged && stream.stage2().isEmpty());
        rules.followed(NO_VMID, !id.s2p());
        rules.followed(VMID_TAG, world.usesVmid());
        return new Stage1Tag(
                world,
                tagged ? stream.ste().s2vmid() : 0,
                world.usesAsid() ? cd.asid() : 0,
                cd.aset(),
                stream.stage2().isPresent());
    }

    private Optional<Stage1Half> half(
            ContextDescriptor cd, StreamWorld world, List<TableFields> tables, boolean upper) {
        for (TableFields table : tables) {
            if (table.upper() == upper) {
                return Optional.of(half(cd, world, table));
            }
        }
        return Optional.empty();
    }

    @Rule("A-CDV-21")
    protected Stage1Half half(ContextDescriptor cd, StreamWorld world, TableFields table) {
        rules.followed(NOT_IMPLEMENTED, table.had() && !id.had() || table.e0pd() && !id.e0pd());
        Granule granule = table.granule().orElseThrow();
        int inputBits = 64 - table.txsz();
        TableGeometry shape = new TableGeometry(
                granule,
                inputBits,
                TableGeometry.stage1StartLevel(granule, inputBits),
                0,
                legality.outputBits(cd),
                cd.endi());
        return new Stage1Half(
                table.upper(),
                TableBases.aligned(shape, table.ttb()),
                table.tbi(),
                table.had() && id.had(),
                table.e0pd() && id.e0pd() && world.hasTwoTables());
    }
}
