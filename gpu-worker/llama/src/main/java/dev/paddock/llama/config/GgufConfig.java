package dev.paddock.llama.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the shape of a model from GGUF metadata and the names of its tensors. */
final class GgufConfig {
    private static final List<String> ATTENTION = List.of("attn_q", "attn_k", "attn_v", "attn_output");
    private static final List<String> FEED_FORWARD = List.of("ffn_gate", "ffn_up", "ffn_down");

    private GgufConfig() {}

    static LlamaConfig read(Map<String, Object> metadata, Set<String> tensors) {
        GgufFields fields = new GgufFields(metadata);
        GgufRules.checkArchitecture(fields);
        int hiddenSize = fields.requiredInteger("llama.embedding_length");
        int heads = fields.requiredInteger("llama.attention.head_count");
        ConfigRules.positive("llama.attention.head_count", heads);
        int headSize = fields.integer("llama.attention.key_length").orElse(hiddenSize / heads);
        int contextLength = fields.requiredInteger("llama.context_length");
        GgufRules.check(fields, headSize, contextLength);
        return new LlamaConfig(
                vocabularySize(fields, metadata),
                hiddenSize,
                fields.requiredInteger("llama.feed_forward_length"),
                fields.requiredInteger("llama.block_count"),
                heads,
                fields.integer("llama.attention.head_count_kv").orElse(heads),
                headSize,
                fields.number("llama.attention.layer_norm_rms_epsilon").orElse(1e-5),
                fields.number("llama.rope.freq_base").orElse(10_000.0),
                GgufRope.scaling(fields, contextLength),
                contextLength,
                !tensors.contains("output.weight"),
                biases(tensors, ATTENTION),
                biases(tensors, FEED_FORWARD),
                fields.integer("tokenizer.ggml.bos_token_id")
                        .map(OptionalInt::of)
                        .orElse(OptionalInt.empty()),
                endIds(fields));
    }

    private static int vocabularySize(GgufFields fields, Map<String, Object> metadata) {
        Optional<Integer> stated = fields.integer("llama.vocab_size");
        return stated.orElseGet(() -> metadata.get("tokenizer.ggml.tokens") instanceof List<?> tokens
                ? tokens.size()
                : fields.requiredInteger("llama.vocab_size"));
    }

    private static boolean biases(Set<String> tensors, List<String> projections) {
        long present = projections.stream()
                .filter(name -> tensors.contains("blk.0." + name + ".bias"))
                .count();
        if (present != 0 && present != projections.size()) {
            throw new UnsupportedModelException(
                    "only " + present + " of " + projections + " have a bias; all or none must have one");
        }
        return present > 0;
    }

    private static List<Integer> endIds(GgufFields fields) {
        return List.copyOf(new LinkedHashSet<>(Stream.of("eos", "eot", "eom")
                .flatMap(name -> fields.integer("tokenizer.ggml." + name + "_token_id").stream())
                .toList()));
    }
}
