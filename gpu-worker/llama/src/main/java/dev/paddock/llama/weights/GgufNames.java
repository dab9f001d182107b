package dev.paddock.llama.weights;

import dev.paddock.llama.config.UnsupportedModelException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of a LLaMA-shaped model's tensors in GGUF files and in Hugging Face folders. */
public final class GgufNames {
    private static final Pattern LAYER = Pattern.compile("blk\\.(\\d{1,9})\\.([a-z_]+)\\.(weight|bias)");
    private static final Pattern HUGGING_FACE_LAYER =
            Pattern.compile("model\\.layers\\.(\\d{1,9})\\.([a-z_.]+)\\.(weight|bias)");
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
    private static final Map<String, String> OUTER_BACK = inverse(OUTER);
    private static final Map<String, String> INNER_BACK = inverse(INNER);

    private GgufNames() {}

    /** Hugging Face's name of GGUF's tensor. */
    static String huggingFace(String gguf) {
        String outer = OUTER.get(gguf);
        if (outer != null) {
            return outer;
        }
        Matcher layer = LAYER.matcher(gguf);
        String inner = layer.matches() ? INNER.get(layer.group(2)) : null;
        if (inner == null) {
            throw new UnsupportedModelException("tensor " + gguf + " is no part of a LLaMA-shaped model");
        }
        return "model.layers." + Integer.parseInt(layer.group(1)) + "." + inner + "." + layer.group(3);
    }

    /** GGUF's name of a tensor, such as {@code blk.0.attn_q.weight}. */
    public static String gguf(String huggingFace) {
        String outer = OUTER_BACK.get(huggingFace);
        if (outer != null) {
            return outer;
        }
        Matcher layer = HUGGING_FACE_LAYER.matcher(huggingFace);
        String inner = layer.matches() ? INNER_BACK.get(layer.group(2)) : null;
        if (inner == null) {
            throw new UnsupportedModelException("tensor " + huggingFace + " is no part of a LLaMA-shaped model");
        }
        return "blk." + Integer.parseInt(layer.group(1)) + "." + inner + "." + layer.group(3);
    }

    /** In which order a GGUF file holds the rows of a tensor that GGUF calls so. */
    static RowOrder order(String gguf, int headSize) {
        boolean interleaved = gguf.contains(".attn_q.") || gguf.contains(".attn_k.");
        return interleaved ? new RowOrder(headSize) : RowOrder.AS_STORED;
    }

    private static Map<String, String> inverse(Map<String, String> names) {
        Map<String, String> inverse = new HashMap<>();
        names.forEach((gguf, huggingFace) -> inverse.put(huggingFace, gguf));
        return Map.copyOf(inverse);
    }
}
