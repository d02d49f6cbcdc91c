package org.nestor.iommu;

import java.util.Optional;
import java.util.function.Function;

/** What a call of the API returns: a value or an errno. */
public sealed interface Result<T> {

    record Ok<T>(T value) implements Result<T> {}

    record Refused<T>(Refusal refusal) implements Result<T> {}

    static <T> Result<T> ok(T value) {
        return new Ok<>(value);
    }

    /** The refusal, if there is one, as the result of a call without a value. */
    static Result<Done> unless(Optional<Refusal> refusal) {
        return refusal.<Result<Done>>map(Refusal::result).orElse(Done.OK);
    }

    default boolean isOk() {
        return this instanceof Ok;
    }

    default Optional<Refusal> reason() {
        return this instanceof Refused<T> refused ? Optional.of(refused.refusal()) : Optional.empty();
    }

    default Optional<Errno> errno() {
        return reason().map(Refusal::errno);
    }

    /** Zero, or the negative errno, as a system call returns it. */
    default int code() {
        return this instanceof Refused<T> refused ? -refused.refusal().errno().value() : 0;
    }

    default Optional<T> toOptional() {
        return this instanceof Ok<T> ok ? Optional.of(ok.value()) : Optional.empty();
    }

    /** Goes on with the value, or passes the refusal on. */
    default <U> Result<U> then(Function<? super T, Result<U>> next) {
        return this instanceof Ok<T> ok
                ? next.apply(ok.value())
                : ((Refused<T>) this).refusal().result();
    }
}
