package dev.paddock.llama.config;

import java.util.Map;

/** Reads GGUF metadata. */
final class GgufConfig {
    private GgufConfig() {}

    static LlamaConfig read(Map<String, Object> metadata) {
        if (metadata.isEmpty()) {
            throw new UnsupportedModelException("no metadata");
        }
        throw new UnsupportedOperationException("on its way");
    }
}
