package dev.paddock.llama.config;

import tools.jackson.databind.node.ObjectNode;

/** On its way. */
final class HuggingFaceConfigWriter {
    private HuggingFaceConfigWriter() {}

    static ObjectNode write(LlamaConfig config) {
        if (config.toString().isEmpty()) {
            throw new UnsupportedModelException("nothing");
        }
        throw new UnsupportedOperationException("on its way");
    }
}
