package dev.paddock.llama.config;

import tools.jackson.databind.JsonNode;

/** On its way. */
final class HuggingFaceConfig {
    private HuggingFaceConfig() {}

    static LlamaConfig read(JsonNode config) {
        if (config.toString().isEmpty()) {
            throw new UnsupportedModelException("nothing");
        }
        throw new UnsupportedOperationException("on its way");
    }
}
