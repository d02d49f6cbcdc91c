package org.nestor.judge;

import java.util.stream.Collectors;
import org.nestor.smmu.format.EventRecord;
import org.nestor.smmu.format.EventType;

/** Event records in words. */
final class Records {
    private Records() {}

    /** The type and the fields that are not zero. */
    static String describe(EventRecord record) {
        String fields = record.layout().fields().stream()
                .filter(field -> !field.name().equals("EventID") && record.get(field) != 0)
                .map(field -> field.name() + "=" + Hex.of(value(record, field)))
                .collect(Collectors.joining(" "));
        return name(record) + (fields.isEmpty() ? "" : " " + fields);
    }

    private static long value(EventRecord record, org.nestor.smmu.format.Field field) {
        boolean address = field.name().endsWith("Addr") || field.name().equals("IPA");
        return address ? field.inPlace(record.doubleword(field.doubleword())) : record.get(field);
    }

    static String name(EventRecord record) {
        return record.type().map(Enum::name).orElseGet(() -> "event " + Hex.of(record.code()));
    }

    /** What is filled in alike: faults of a translation are one family. */
    static String family(EventRecord record) {
        return record.type().filter(EventType::isTranslationRelated).isPresent()
                ? "of a translation fault"
                : name(record);
    }
}
