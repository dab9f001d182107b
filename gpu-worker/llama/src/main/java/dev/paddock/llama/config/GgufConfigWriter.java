package dev.paddock.llama.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a shape as GGUF metadata; {@link GgufConfig} is the way back. */
final class GgufConfigWriter {
    private GgufConfigWriter() {}

    static Map<String, Object> write(LlamaConfig config) {
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("general.architecture", "llama");
        metadata.put("llama.vocab_size", (long) config.vocabularySize());
        metadata.put("llama.context_length", (long) config.contextLength());
        metadata.put("llama.embedding_length", (long) config.hiddenSize());
        metadata.put("llama.block_count", (long) config.layers());
        metadata.put("llama.feed_forward_length", (long) config.intermediateSize());
        metadata.put("llama.attention.head_count", (long) config.heads());
        metadata.put("llama.attention.head_count_kv", (long) config.keyValueHeads());
        metadata.put("llama.attention.key_length", (long) config.headSize());
        metadata.put("llama.attention.value_length", (long) config.headSize());
        metadata.put("llama.attention.layer_norm_rms_epsilon", config.normEpsilon());
        metadata.put("llama.rope.dimension_count", (long) config.headSize());
        metadata.put("llama.rope.freq_base", config.ropeBase());
        GgufRopeWriter.write(config.ropeScaling(), metadata);
        return metadata;
    }
}
