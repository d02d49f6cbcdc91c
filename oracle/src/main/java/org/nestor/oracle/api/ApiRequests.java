package org.nestor.oracle.api;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.nestor.protocol.Request;
import org.nestor.protocol.json.Located;
import org.nestor.protocol.json.Members;

/** Every request at the API by its name, with how its members are understood. */
final class ApiRequests {
    private static final Map<String, Function<Members, ApiAction>> BY_NAME = byName();

    private ApiRequests() {}

    private static Map<String, Function<Members, ApiAction>> byName() {
        Map<String, Function<Members, ApiAction>> all = new HashMap<>();
        all.putAll(HostRequests.byName());
        all.putAll(IommuRequests.byName());
        all.putAll(VfioRequests.byName());
        return Map.copyOf(all);
    }

    /** Understands a request, if it is known. */
    static Optional<ApiAction> decode(Request.Api request) {
        return Optional.ofNullable(BY_NAME.get(request.op())).map(decoder -> {
            Members in = Located.of(request.members()).object();
            ApiAction action = decoder.apply(in);
            in.finish();
            return action;
        });
    }
}
