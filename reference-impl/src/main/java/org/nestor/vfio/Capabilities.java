package org.nestor.vfio;

import java.util.ArrayList;
import java.util.List;
import org.nestor.iommu.StructWriter;
import org.nestor.memory.Bytes;

/** A chain of capabilities behind a structure. */
final class Capabilities {
    private static final int HEADER_BYTES = 8;

    private record Capability(int id, Bytes body) {
        int size() {
            return HEADER_BYTES + body.length();
        }
    }

    private final List<Capability> chain = new ArrayList<>();

    /** Adds a capability of version 1 with a body of 32-bit words. */
    Capabilities add(int id, int... words) {
        StructWriter body = new StructWriter(Integer.BYTES * words.length);
        for (int word : words) {
            body.u32(word);
        }
        chain.add(new Capability(id, Bytes.of(body.toBytes())));
        return this;
    }

    boolean isEmpty() {
        return chain.isEmpty();
    }

    int size() {
        return chain.stream().mapToInt(Capability::size).sum();
    }

    /** The chain as bytes, when it begins at an offset of its structure. */
    byte[] at(int start) {
        StructWriter out = new StructWriter(size());
        int offset = start;
        for (int i = 0; i < chain.size(); i++) {
            Capability capability = chain.get(i);
            offset += capability.size();
            out.u16(capability.id())
                    .u16(1)
                    .u32(i + 1 < chain.size() ? offset : 0)
                    .bytes(capability.body().toArray());
        }
        return out.toBytes();
    }
}
