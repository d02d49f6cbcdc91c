package org.nestor.generators.play;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nestor.generators.scenario.Setup;
import org.nestor.generators.scenario.Setup.Stage1Plan;
import org.nestor.generators.scenario.Setup.Stage2Plan;
import org.nestor.generators.scenario.Setup.StreamPlan;
import org.nestor.smmu.register.IdRegisters;
import org.nestor.tables.LinearStreamTable;
import org.nestor.tables.StreamTable;
import org.nestor.tables.TableSpace;
import org.nestor.tables.TwoLevelStreamTable;

/** Puts into memory what a set-up describes. */
final class SceneBuilder {
    private static final int LARGEST_LINEAR = 9;
    private static final int SMALLEST_SPLIT = 6;

    /** How much larger than it need be a stream table is, and at last as large as StreamIDs can get. */
    private static final int SIZES = 4;

    private static final int LARGEST_AMONG_OTHERS = 18;
    private static final long L1STD_BYTES = 8;

    private final Repertoire repertoire;
    private final IdRegisters ids;
    private final Setup setup;
    private final ScriptMemory memory;
    private final Arena arena;
    private final TableSpace host;

    SceneBuilder(Repertoire repertoire, Setup setup, Script script) {
        this.repertoire = repertoire;
        this.ids = repertoire.capabilities().ids();
        this.setup = setup;
        this.memory = new ScriptMemory(repertoire.capabilities().memory(), script);
        this.arena = new Arena(repertoire.capabilities(), setup.machine().memory());
        this.host = TableSpace.physical(memory, arena.host());
    }

    Scene build() {
        DmaPages.fill(memory, arena);
        List<Stage2Builder> guests = guests();
        List<Stage1> stage1 = stage1(guests);
        List<HotTable> stage2 = new ArrayList<>();
        for (int guest = 0; guest < guests.size(); guest++) {
            stage2.add(guests.get(guest).build(structures(stage1, guest + 1)));
        }
        List<Integer> usable = repertoire.capabilities().streamIds();
        StreamTable streamTable = streamTable(usable);
        List<Stream> streams = streams(usable, streamTable, stage1, stage2);
        List<Integer> strangers = new ArrayList<>(usable);
        streams.forEach(stream -> strangers.remove((Integer) stream.streamId()));
        return new Scene(arena, memory, stage1, stage2, tables(stage1, stage2), streamTable, streams, strangers);
    }

    /** Without stage 1 there is a stage 2 table even if none is planned: a machine has some table. */
    private List<Stage2Builder> guests() {
        List<Stage2Plan> plans = ids.s1p() || !setup.stage2().isEmpty() ? setup.stage2() : List.of(Stage2Plan.PLAIN);
        List<Stage2Builder> guests = new ArrayList<>();
        for (int i = 0; ids.s2p() && i < Math.min(plans.size(), Arena.GUESTS_AT_MOST); i++) {
            guests.add(new Stage2Builder(repertoire, arena, memory, plans.get(i), i));
        }
        return guests;
    }

    private List<Stage1> stage1(List<Stage2Builder> guests) {
        List<Stage1> built = new ArrayList<>();
        Stage1Builder builder = new Stage1Builder(repertoire, arena);
        for (int i = 0; ids.s1p() && i < setup.stage1().size(); i++) {
            Stage1Plan plan = setup.stage1().get(i);
            int guest = guests.isEmpty() ? 0 : plan.guest() % (guests.size() + 1);
            built.add(
                    guest == 0
                            ? builder.build(plan, host, 0, pages())
                            : builder.build(
                                    plan,
                                    guests.get(guest - 1).guest(),
                                    guest,
                                    guests.get(guest - 1).inputs()));
        }
        return built;
    }

    private long[] pages() {
        long[] pages = new long[HotTable.DATA_SLOTS];
        for (int i = 0; i < pages.length; i++) {
            pages[i] = arena.page(i);
        }
        return pages;
    }

    private static List<Stage1> structures(List<Stage1> stage1, int guest) {
        return stage1.stream().filter(tables -> tables.guest() == guest).toList();
    }

    private static List<HotTable> tables(List<Stage1> stage1, List<HotTable> stage2) {
        List<HotTable> tables = new ArrayList<>();
        for (Stage1 one : stage1) {
            tables.add(one.lower());
            one.upper().ifPresent(tables::add);
        }
        tables.addAll(stage2);
        return tables;
    }

    private StreamTable streamTable(List<Integer> usable) {
        int bits = 1;
        for (StreamPlan plan : setup.streams()) {
            bits = Math.max(bits, Integer.SIZE - Integer.numberOfLeadingZeros(streamId(usable, plan)));
        }
        int choice = setup.machine().streamTable();
        int form = choice % 5;
        int more = choice / 5 % SIZES;
        int split = SMALLEST_SPLIT + 2 * (form < 2 ? 1 : form - 2);
        int size = Math.min(ids.sidSize(), form == 0 ? bits : bits + more);
        if (form >= 2 && more >= SIZES / 2 && ids.stLevel() > 0 && fits(ids.sidSize(), split)) {
            size = ids.sidSize();
        }
        boolean twoLevel = ids.stLevel() > 0 && (form >= 2 || size > LARGEST_LINEAR);
        if (!twoLevel) {
            return new LinearStreamTable(host, size);
        }
        boolean large = size > LARGEST_AMONG_OTHERS;
        return new TwoLevelStreamTable(large ? TableSpace.physical(memory, arena.far()) : host, size, split);
    }

    /** Whether the L1STDs of a table for that many bits of StreamIDs, and some leaf tables, have room far from everything else. */
    private boolean fits(int streamIdBits, int split) {
        return L1STD_BYTES << Math.max(0, streamIdBits - split) <= arena.farBytes() / 4;
    }

    private static int streamId(List<Integer> usable, StreamPlan plan) {
        return usable.get(plan.streamId() % usable.size());
    }

    private List<Stream> streams(List<Integer> usable, StreamTable table, List<Stage1> stage1, List<HotTable> stage2) {
        List<Stream> streams = new ArrayList<>();
        for (StreamPlan plan : setup.streams()) {
            int streamId = streamId(usable, plan);
            if (streams.stream().noneMatch(stream -> stream.streamId() == streamId)) {
                streams.add(stream(plan, streamId, table, stage1, stage2));
            }
        }
        return streams;
    }

    private Stream stream(
            StreamPlan plan, int streamId, StreamTable table, List<Stage1> stage1, List<HotTable> stage2) {
        SteMaker maker = new SteMaker(repertoire, setup, stage1, stage2);
        SteMaker.Made made = maker.make(plan.kind(), plan.tables(), plan.attributes());
        long address = table.put(streamId, made.ste());
        Optional<Long> l1 = table instanceof TwoLevelStreamTable twoLevel
                ? Optional.of(twoLevel.l1Address(streamId))
                : Optional.empty();
        return new Stream(streamId, made.stage1(), made.stage2(), address, l1, made.ste());
    }
}
