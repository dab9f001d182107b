package dev.paddock.llama.config;

import static dev.paddock.llama.config.HuggingFaceRules.unsupported;

/** What GGUF metadata may not ask for, each refused by name. */
final class GgufRules {
    private GgufRules() {}

    /** Refuses an architecture before keys of another one are missed. */
    static void checkArchitecture(GgufFields fields) {
        String architecture = fields.text("general.architecture").orElse("(missing)");
        if (!architecture.equals("llama")) {
            throw unsupported("general.architecture", architecture, "supported is llama");
        }
    }

    static void check(GgufFields fields, int headSize, int contextLength) {
        fields.integer("llama.expert_count").filter(count -> count > 0).ifPresent(count -> {
            throw unsupported("llama.expert_count", count, "mixtures of experts are not supported");
        });
        fields.integer("llama.attention.value_length")
                .filter(size -> size != headSize)
                .ifPresent(size -> {
                    throw unsupported("llama.attention.value_length", size, "it must be the key length " + headSize);
                });
        fields.integer("llama.rope.dimension_count")
                .filter(size -> size != headSize)
                .ifPresent(size -> {
                    throw unsupported(
                            "llama.rope.dimension_count", size, "the whole head of " + headSize + " must rotate");
                });
        fields.integer("llama.attention.sliding_window")
                .filter(window -> window > 0 && window < contextLength)
                .ifPresent(window -> {
                    throw unsupported("llama.attention.sliding_window", window, "it must be at least " + contextLength);
                });
    }
}
