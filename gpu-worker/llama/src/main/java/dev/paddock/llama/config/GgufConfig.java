package dev.paddock.llama.config;

import java.util.Map;

/** On its way. */
final class GgufConfig {
    private GgufConfig() {}

    static LlamaConfig read(Map<String, Object> config) {
        throw new UnsupportedOperationException("on its way" + config);
    }
}
