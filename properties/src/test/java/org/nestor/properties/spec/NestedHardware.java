package org.nestor.properties.spec;

import static java.util.stream.Collectors.toSet;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nestor.smmu.command.InvalidationCommand;
import org.nestor.smmu.command.InvalidationCommand.Extent;
import org.nestor.smmu.command.InvalidationCommand.Range;
import org.nestor.smmu.config.Configuration;
import org.nestor.smmu.config.Stage1Tag;
import org.nestor.smmu.config.StreamConfiguration;
import org.nestor.smmu.format.Granule;
import org.nestor.smmu.tlb.CacheContents;
import org.nestor.smmu.walk.Stage1Entry;

/**
 * What the reference caches, in the words of smmu/nested.
 *
 * @param relations those of the module's hardware, by name
 * @param stage1 VMID, ASID, address and IPA of each stage 1 entry
 * @param combined VMID, ASID, address and page of each combined entry
 */
record NestedHardware(Map<String, Set<List<String>>> relations, Set<List<String>> stage1, Set<List<String>> combined) {
    private static final Range ALL_IPAS = new Range(Granule.KB4, 0, NestedTables.IPAS.size() - 1, 0);

    static NestedHardware of(CachedSmmu smmu, NestedTables tables) {
        CacheContents contents = smmu.reader().contents();
        List<InvalidationCommand> waiting = smmu.translator().waiting();
        Map<String, Set<List<String>>> relations = Map.of(
                "Hardware.stes", stes(contents, tables),
                "Hardware.cds", cds(contents, tables),
                "Hardware.stage2Tlb", stage2(contents),
                "Hardware.pendingTlbi",
                        waiting.stream()
                                .flatMap(command -> queued(command).stream())
                                .collect(toSet()),
                "Hardware.pendingCfgi",
                        waiting.stream()
                                .flatMap(command -> configured(command).stream())
                                .collect(toSet()));
        return new NestedHardware(relations, stage1(contents), combined(contents));
    }

    /** The command that an operation publishes; S2_IPA is for all IPAs at once. */
    static Optional<InvalidationCommand> command(NestedAction action) {
        return switch (action.operation()) {
            case "Ipa2" ->
                Optional.of(new InvalidationCommand.TlbiS2Ipa(
                        NestedTables.vmid(action.vm()),
                        new Extent(NestedTables.ipa(NestedTables.IPAS.get(0)), false, Optional.of(ALL_IPAS))));
            case "NhAll" -> Optional.of(new InvalidationCommand.TlbiNhAll(NestedTables.vmid(action.vm())));
            case "Vmall" -> Optional.of(new InvalidationCommand.TlbiS12Vmall(NestedTables.vmid(action.vm())));
            case "Cfgi" -> Optional.of(new InvalidationCommand.CfgiSte(NestedTables.streamId(action.stream()), true));
            default -> Optional.empty();
        };
    }

    private static Optional<List<String>> queued(InvalidationCommand command) {
        if (command instanceof InvalidationCommand.TlbiS2Ipa ipa) {
            return Optional.of(List.of("QueuedIpa", NestedTables.vmidAtom(ipa.vmid())));
        } else if (command instanceof InvalidationCommand.TlbiNhAll all) {
            return Optional.of(List.of("QueuedAll", NestedTables.vmidAtom(all.vmid())));
        } else if (command instanceof InvalidationCommand.TlbiS12Vmall vmall) {
            return Optional.of(List.of("QueuedVmall", NestedTables.vmidAtom(vmall.vmid())));
        }
        return Optional.empty();
    }

    private static Optional<List<String>> configured(InvalidationCommand command) {
        return command instanceof InvalidationCommand.CfgiSte cfgi
                ? Optional.of(List.of(NestedTables.STREAMS.get(cfgi.streamId())))
                : Optional.empty();
    }

    /** A CD is held with the STE that led to it. */
    private static Set<List<String>> stes(CacheContents contents, NestedTables tables) {
        Set<List<String>> rows = new HashSet<>();
        contents.streams().forEach(stream -> ste(stream, tables).ifPresent(rows::add));
        contents.contexts().forEach(context -> ste(context.stream(), tables).ifPresent(rows::add));
        return rows;
    }

    private static Optional<List<String>> ste(StreamConfiguration stream, NestedTables tables) {
        return stream.stage2()
                .flatMap(stage2 -> tables.streamOf(stream.ste().s1ContextPtr())
                        .map(name -> List.of(name, NestedTables.vmOf(stage2.vmid()))));
    }

    private static Set<List<String>> cds(CacheContents contents, NestedTables tables) {
        return contents.contexts().stream()
                .flatMap(context -> cd(context, tables).stream())
                .collect(toSet());
    }

    private static Optional<List<String>> cd(Configuration context, NestedTables tables) {
        return context.stage1()
                .flatMap(stage1 -> tables.streamOf(context.stream().ste().s1ContextPtr())
                        .map(name -> List.of(
                                name, NestedTables.contextOf(stage1.tag().asid()))));
    }

    private static Set<List<String>> stage2(CacheContents contents) {
        return contents.stage2().stream()
                .flatMap(leaf -> NestedTables.ipaAt(leaf.inputBase()).stream()
                        .map(ipa -> List.of(
                                NestedTables.vmidAtom(leaf.vmid()),
                                ipa,
                                NestedTables.pageAt(leaf.outputBase()).orElseThrow())))
                .collect(toSet());
    }

    private static Set<List<String>> stage1(CacheContents contents) {
        return contents.stage1().stream()
                .map(entry ->
                        row(entry, NestedTables.ipaAt(entry.leaf().outputBase()).orElseThrow()))
                .collect(toSet());
    }

    private static Set<List<String>> combined(CacheContents contents) {
        return contents.complete().stream()
                .map(entry -> row(
                        entry,
                        entry.stage2()
                                .flatMap(leaf -> NestedTables.pageAt(leaf.outputBase()))
                                .orElseThrow()))
                .collect(toSet());
    }

    private static List<String> row(Stage1Entry entry, String output) {
        Stage1Tag tag = entry.tag();
        return List.of(
                NestedTables.vmidAtom(tag.vmid()),
                NestedTables.asidAtom(tag.asid()),
                NestedTables.vaAt(entry.inputBase()).orElseThrow(),
                output);
    }
}
