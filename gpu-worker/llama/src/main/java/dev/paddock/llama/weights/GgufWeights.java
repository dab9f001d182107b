package dev.paddock.llama.weights;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens a GGUF file as weights under Hugging Face names and row order. */
final class GgufWeights {
    private static final String DIVISORS = "rope_freqs.weight";
    private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,9})\\.([a-z_]+)\\.(weight|bias)");
    private static final Map<String, String> OUTER = Map.of(
            "token_embd.weight", "model.embed_tokens.weight",
            "output_norm.weight", "model.norm.weight",
            "output.weight", "lm_head.weight");
    private static final Map<String, String> INNER = Map.of(
            "attn_norm", "input_layernorm",
            "attn_q", "self_attn.q_proj",
            "attn_k", "self_attn.k_proj",
            "attn_v", "self_attn.v_proj",
            "attn_output", "self_attn.o_proj",
            "ffn_norm", "post_attention_layernorm",
            "ffn_gate", "mlp.gate_proj",
            "ffn_up", "mlp.up_proj",
            "ffn_down", "mlp.down_proj");

    private GgufWeights() {}

    static WeightSource open(Path path) {
        Gguf gguf = Gguf.open(path);
        try {
            LlamaConfig plain = LlamaConfig.fromGguf(gguf.metadata(), gguf.names());
            LlamaConfig config = gguf.names().contains(DIVISORS) ? divided(gguf, plain) : plain;
            return Weights.of(config, renamed(gguf, config), List.of(gguf.file()));
        } catch (RuntimeException failure) {
            gguf.close();
            throw failure;
        }
    }

    private static Map<String, StoredTensor> renamed(Gguf gguf, LlamaConfig config) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        gguf.tensors().forEach((name, tensor) -> {
            if (!name.equals(DIVISORS)) {
                tensors.put(huggingFaceName(name), ordered(name, tensor, config));
            }
        });
        return tensors;
    }

    private static String huggingFaceName(String name) {
        String outer = OUTER.get(name);
        if (outer != null) {
            return outer;
        }
        Matcher layer = LAYER.matcher(name);
        String inner = layer.matches() ? INNER.get(layer.group(2)) : null;
        if (inner == null) {
            throw new UnsupportedModelException("tensor " + name + " is no part of a LLaMA-shaped model");
        }
        return "model.layers." + Integer.parseInt(layer.group(1)) + "." + inner + "." + layer.group(3);
    }

    private static StoredTensor ordered(String name, StoredTensor tensor, LlamaConfig config) {
        boolean interleaved = name.contains(".attn_q.") || name.contains(".attn_k.");
        return interleaved
                ? new StoredTensor(tensor.info(), tensor.file(), tensor.offset(), new RowOrder(config.headSize()))
                : tensor;
    }

    private static LlamaConfig divided(Gguf gguf, LlamaConfig config) {
        if (!(config.ropeScaling() instanceof RopeScaling.None)) {
            throw new UnsupportedModelException(
                    DIVISORS + " stands beside " + config.ropeScaling() + "; only one may scale frequencies");
        }
        if (!gguf.info(DIVISORS).shape().equals(List.of(config.headSize() / 2L))) {
            throw new MalformedModelFileException(DIVISORS + " has shape "
                    + gguf.info(DIVISORS).shape() + "; it must be [" + config.headSize() / 2 + "]");
        }
        FloatBuffer divisors = FloatBuffer.allocate(config.headSize() / 2);
        gguf.read(DIVISORS, divisors);
        List<Double> numbers = new ArrayList<>();
        for (float divisor : divisors.array()) {
            numbers.add((double) divisor);
        }
        return config.withRopeScaling(new RopeScaling.Divided(numbers));
    }
}
