package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.llama.adapter.Initialization;

/** What low-rank matrices are when training begins. */
public enum FirstValues {
    @JsonProperty("default")
    DEFAULT(Initialization.DEFAULT),
    @JsonProperty("pissa")
    PISSA(Initialization.PISSA);

    private final Initialization initialization;

    FirstValues(Initialization initialization) {
        this.initialization = initialization;
    }

    /** The same in the engine's terms. */
    Initialization initialization() {
        return initialization;
    }
}
