package org.nestor.oracle.api;

import java.util.function.BiConsumer;
import org.nestor.iommu.Done;
import org.nestor.iommu.Result;
import org.nestor.protocol.Reply;
import org.nestor.protocol.json.ObjectBuilder;

/** Makes replies of results: errno, the rule that a refusal rests on, and what a success tells. */
final class Replies {

    private Replies() {}

    static Reply of(Result<Done> result) {
        return of(result, (out, done) -> {});
    }

    static <T> Reply of(Result<T> result, BiConsumer<ObjectBuilder, T> members) {
        ObjectBuilder out = new ObjectBuilder();
        result.toOptional().ifPresent(value -> members.accept(out, value));
        result.reason().ifPresent(refusal -> out.text("rule", refusal.rule().toString()));
        return new Reply.Api(result.errno().map(Enum::name).orElse("0"), out.build());
    }

    /** Success, with what it tells. */
    static Reply with(ObjectBuilder members) {
        return new Reply.Api("0", members.build());
    }
}
