package org.nestor.properties.spec;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What guests and a careful host have made of {@link NestedTables}, and which pages the host still tracks, as smmu/nested has it. */
final class NestedSoftware {
    private final NestedTables tables;
    private final Map<List<String>, String> ste = new HashMap<>();
    private final Map<List<String>, String> cd = new HashMap<>();
    private final Map<List<String>, String> stage1 = new HashMap<>();
    private final Map<List<String>, String> stage2 = new HashMap<>();
    private final Map<List<String>, String> owner = new HashMap<>();
    private final Set<List<String>> dirty = new HashSet<>();
    private final Set<List<String>> ipaIssued = new HashSet<>();
    private final Set<List<String>> ipaDone = new HashSet<>();
    private final Set<List<String>> lastIssued = new HashSet<>();

    NestedSoftware(NestedTables tables) {
        this.tables = tables;
    }

    /** Whether software would do that: a careful host gives away, and maps, only what is clean. */
    boolean allows(NestedAction action) {
        return switch (action.operation()) {
            case "Map2" ->
                ownerOf(action.page()).equals(Optional.of(action.vm()))
                        && isClean(action.page())
                        && !stage2.containsKey(List.of(action.vm(), action.ipa()));
            case "Grant" -> isClean(action.page()) && !stage2.containsValue(action.page());
            default -> true;
        };
    }

    private boolean isClean(String page) {
        return unclean().stream().noneMatch(row -> row.get(1).equals(page));
    }

    private Set<List<String>> unclean() {
        Set<List<String>> unclean = new HashSet<>(dirty);
        unclean.addAll(ipaIssued);
        unclean.addAll(ipaDone);
        unclean.addAll(lastIssued);
        return unclean;
    }

    Optional<String> ownerOf(String page) {
        return Optional.ofNullable(owner.get(List.of(page)));
    }

    void perform(NestedAction action) {
        track(action);
        tables.perform(action);
        switch (action.operation()) {
            case "SetSte" -> ste.put(List.of(action.stream()), action.vm());
            case "SetCd" -> cd.put(List.of(action.stream()), action.context());
            case "Map1" -> stage1.put(List.of(action.context(), action.va()), action.ipa());
            case "Unmap1" -> stage1.remove(List.of(action.context(), action.va()));
            case "Map2" -> stage2.put(List.of(action.vm(), action.ipa()), action.page());
            case "Unmap2" -> stage2.remove(List.of(action.vm(), action.ipa()));
            case "Grant" -> owner.put(List.of(action.page()), action.vm());
            default -> {}
        }
    }

    private void track(NestedAction action) {
        switch (action.operation()) {
            case "Unmap2" ->
                Optional.ofNullable(stage2.get(List.of(action.vm(), action.ipa())))
                        .ifPresent(page -> dirty.add(List.of(action.vm(), page)));
            case "Ipa2" -> move(action.vm(), dirty, ipaIssued);
            case "NhAll" -> move(action.vm(), ipaDone, lastIssued);
            case "Vmall" -> List.of(dirty, ipaIssued, ipaDone).forEach(from -> move(action.vm(), from, lastIssued));
            case "Sync" -> {
                ipaDone.addAll(ipaIssued);
                ipaIssued.clear();
                lastIssued.clear();
            }
            default -> {}
        }
    }

    private static void move(String vm, Set<List<String>> from, Set<List<String>> to) {
        from.stream().filter(row -> row.get(0).equals(vm)).forEach(to::add);
        from.removeIf(row -> row.get(0).equals(vm));
    }

    /** The relations of the module that software makes, by name. */
    Map<String, Set<List<String>>> relations() {
        return Map.of(
                "Memory.ste", rows(ste),
                "Memory.cd", rows(cd),
                "Memory.stage1", rows(stage1),
                "Memory.stage2", rows(stage2),
                "Memory.owner", rows(owner),
                "Host.dirty", dirty,
                "Host.ipaIssued", ipaIssued,
                "Host.ipaDone", ipaDone,
                "Host.lastIssued", lastIssued);
    }

    private static Set<List<String>> rows(Map<List<String>, String> function) {
        Set<List<String>> rows = new HashSet<>();
        function.forEach((arguments, value) -> {
            List<String> row = new ArrayList<>(arguments);
            row.add(value);
            rows.add(List.copyOf(row));
        });
        return rows;
    }
}
