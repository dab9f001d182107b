package dev.paddock.llama.inference;

import dev.paddock.llama.config.LlamaConfig;

/** The seven matrices of a decoder layer, by their Hugging Face names. */
public enum Projection {
    Q("self_attn.q_proj"),
    K("self_attn.k_proj"),
    V("self_attn.v_proj"),
    O("self_attn.o_proj"),
    GATE("mlp.gate_proj"),
    UP("mlp.up_proj"),
    DOWN("mlp.down_proj");

    private final String path;

    Projection(String path) {
        this.path = path;
    }

    /** Path inside a layer, such as {@code self_attn.q_proj}. */
    public String path() {
        return path;
    }

    /** Columns of the matrix. */
    public int inputs(LlamaConfig config) {
        return switch (this) {
            case O -> config.querySize();
            case DOWN -> config.intermediateSize();
            case Q, K, V, GATE, UP -> config.hiddenSize();
        };
    }

    /** Rows of the matrix. */
    public int outputs(LlamaConfig config) {
        return switch (this) {
            case Q -> config.querySize();
            case K, V -> config.keyValueSize();
            case O, DOWN -> config.hiddenSize();
            case GATE, UP -> config.intermediateSize();
        };
    }
}
