package org.nestor.oracle.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nestor.protocol.json.Json;
import org.nestor.protocol.json.Located;
import org.nestor.protocol.json.Members;

/** Takes members of the kinds that several requests have. */
final class Arguments {

    private Arguments() {}

    static String name(Members in, String member) {
        return in.required(member).text();
    }

    static long quantity(Members in, String member) {
        return in.required(member).unsigned(Long.SIZE);
    }

    static boolean flag(Members in, String member, boolean absent) {
        return in.optional(member).map(Located::flag).orElse(absent);
    }

    static int number(Members in, String member, int bits, int absent) {
        return in.optional(member).map(value -> (int) value.unsigned(bits)).orElse(absent);
    }

    static long number(Members in, String member, long absent) {
        return in.optional(member).map(value -> value.unsigned(Long.SIZE)).orElse(absent);
    }

    /** One of several words. */
    static <T> T word(Located value, Map<String, T> words) {
        T meaning = words.get(value.text());
        if (meaning == null) {
            throw value.refuse("one of " + String.join(", ", words.keySet()));
        }
        return meaning;
    }

    /** The sum of the bits that a list of words stands for; a number stands for itself. */
    static int bits(Members in, String member, Map<String, Integer> words) {
        if (!in.has(member)) {
            return 0;
        }
        Located value = in.required(member);
        if (!(value.json() instanceof Json.Arr)) {
            return (int) value.unsigned(Integer.SIZE);
        }
        int bits = 0;
        for (Located word : value.list()) {
            bits |= word(word, words);
        }
        return bits;
    }

    static List<Integer> numbers(Located list, int bits) {
        List<Integer> numbers = new ArrayList<>();
        list.list().forEach(value -> numbers.add((int) value.unsigned(bits)));
        return numbers;
    }
}
