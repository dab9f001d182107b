package dev.paddock.llama.inference.libtorch;

import dev.paddock.llama.inference.Projection;
import java.util.List;

/** The four products of a layer, in the order of {@link DecoderScript}'s lists. */
@SuppressWarnings("ImmutableEnumChecker") // the lists are unmodifiable
enum JoinedProduct {
    QKV(Projection.Q, Projection.K, Projection.V),
    O(Projection.O),
    GATE_UP(Projection.GATE, Projection.UP),
    DOWN(Projection.DOWN);

    private final List<Projection> parts;

    JoinedProduct(Projection... parts) {
        this.parts = List.of(parts);
    }

    /** Matrices joined, first rows first. */
    List<Projection> parts() {
        return parts;
    }
}
