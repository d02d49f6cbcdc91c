package org.nestor.iommu;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The parts that the API is assembled from, each a small class with one decision, so that one can be replaced by a subclass
 * without touching the others. Immutable; what is not replaced is as in the reference.
 */
public final class Parts {
    /** Nothing replaced. */
    public static final Parts REFERENCE = new Parts(Map.of());

    private final Map<Class<?>, Object> replaced;

    private Parts(Map<Class<?>, Object> replaced) {
        this.replaced = replaced;
    }

    /** The same parts with one replaced. */
    public <P> Parts with(Class<P> role, P part) {
        Map<Class<?>, Object> map = new HashMap<>(replaced);
        map.put(role, part);
        return new Parts(Map.copyOf(map));
    }

    /** The part in a role: what replaces it, or that of the reference. */
    public <P> P get(Class<P> role, Supplier<? extends P> reference) {
        Object part = replaced.get(role);
        return part == null ? reference.get() : role.cast(part);
    }
}
