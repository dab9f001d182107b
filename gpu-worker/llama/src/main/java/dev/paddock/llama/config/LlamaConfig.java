package dev.paddock.llama.config;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The shape of a LLaMA-family decoder (Touvron et al. 2023, arXiv:2302.13971; Grattafiori et al. 2024, arXiv:2407.21783).
 *
 * @param vocabularySize rows of the embedding
 * @param hiddenSize width of the residual stream
 * @param intermediateSize width of the gated feed-forward layer
 * @param layers number of decoder layers
 * @param heads query heads per layer
 * @param keyValueHeads key and value heads per layer; divides {@code heads}
 * @param headSize width of a head; even, and not always {@code hiddenSize / heads}
 * @param normEpsilon added to the mean square in RMSNorm
 * @param ropeBase base of the rotary frequencies
 * @param ropeScaling how the rotary frequencies are changed for longer contexts
 * @param contextLength most positions the model was made for
 * @param tiedEmbeddings whether the output projection is the embedding
 * @param attentionBias whether q, k, v and o projections have biases
 * @param mlpBias whether gate, up and down projections have biases
 * @param bosTokenId token that begins a text, where the model names one
 * @param eosTokenIds tokens that end a text, as the model names them; possibly none
 */
public record LlamaConfig(
        int vocabularySize,
        int hiddenSize,
        int intermediateSize,
        int layers,
        int heads,
        int keyValueHeads,
        int headSize,
        double normEpsilon,
        double ropeBase,
        RopeScaling ropeScaling,
        int contextLength,
        boolean tiedEmbeddings,
        boolean attentionBias,
        boolean mlpBias,
        OptionalInt bosTokenId,
        List<Integer> eosTokenIds) {

    public LlamaConfig {
        ConfigRules.positive("vocab_size", vocabularySize);
        ConfigRules.positive("hidden_size", hiddenSize);
        ConfigRules.positive("intermediate_size", intermediateSize);
        ConfigRules.positive("num_hidden_layers", layers);
        ConfigRules.positive("num_attention_heads", heads);
        ConfigRules.positive("num_key_value_heads", keyValueHeads);
        ConfigRules.positive("head_dim", headSize);
        ConfigRules.positive("max_position_embeddings", contextLength);
        ConfigRules.positive("rms_norm_eps", normEpsilon);
        ConfigRules.positive("rope_theta", ropeBase);
        ConfigRules.divides("num_key_value_heads", keyValueHeads, "num_attention_heads", heads);
        ConfigRules.divides("2", 2, "head_dim", headSize);
        eosTokenIds = List.copyOf(eosTokenIds);
    }

    /** The same with an output matrix of its own. */
    public LlamaConfig untied() {
        return new LlamaConfig(
                vocabularySize,
                hiddenSize,
                intermediateSize,
                layers,
                heads,
                keyValueHeads,
                headSize,
                normEpsilon,
                ropeBase,
                ropeScaling,
                contextLength,
                false,
                attentionBias,
                mlpBias,
                bosTokenId,
                eosTokenIds);
    }

    /**
     * Reads a Hugging Face {@code config.json}, with the RoPE base in {@code rope_theta} and {@code rope_scaling} or in the
     * newer {@code rope_parameters}.
     *
     * @throws UnsupportedModelException naming the field and value that the engine does not have
     */
    public static LlamaConfig fromHuggingFace(JsonNode config) {
        return HuggingFaceConfig.read(config, false);
    }

    /**
     * The decoder of a {@code LlamaForSequenceClassification} or {@code LlamaForTokenClassification}, which has no output matrix:
     * the embedding stands for one.
     *
     * @throws UnsupportedModelException naming the field and value that the engine does not have
     */
    public static LlamaConfig fromHuggingFaceClassifier(JsonNode config) {
        return HuggingFaceConfig.read(config, true);
    }

    /**
     * Reads a GGUF file's shape; frequencies divided by its tensor {@code rope_freqs.weight} are the reader's part.
     *
     * @param metadata integers as {@link Long}, numbers as {@link Double}, {@link Boolean},
     *     {@link String}, arrays as {@link List}
     * @param tensors names of the file's tensors, which tell ties and biases
     * @throws UnsupportedModelException naming the key and value that the engine does not have
     */
    public static LlamaConfig fromGguf(Map<String, Object> metadata, Set<String> tensors) {
        return GgufConfig.read(metadata, tensors);
    }

    /** The same as a Hugging Face {@code config.json} that {@link #fromHuggingFace} and transformers read. */
    public ObjectNode toHuggingFace() {
        return HuggingFaceConfigWriter.write(this);
    }

    /**
     * The same as GGUF metadata that {@link #fromGguf} and llama.cpp read, without the tokenizer's part.
     *
     * @throws UnsupportedModelException for a scaling of the rotary frequencies that GGUF does not have
     */
    public Map<String, Object> toGguf() {
        return GgufConfigWriter.write(this);
    }

    /** Divisors of the frequencies, {@code [headSize / 2]}, where GGUF has them as the tensor {@code rope_freqs.weight}; else empty. */
    public float[] frequencyDivisors() {
        return GgufRopeWriter.divisors(this);
    }

    /**
     * Rotary frequencies of a head's first half, {@code [headSize / 2]}, in radians per position.
     *
     * @param sequenceLength positions in use; only dynamic and longrope scaling depend on it
     */
    public float[] inverseFrequencies(int sequenceLength) {
        return ropeScaling.inverseFrequencies(this, sequenceLength);
    }

    /** What cosines and sines are multiplied with; 1 without yarn or longrope. */
    public double attentionFactor() {
        return ropeScaling.attentionFactor(this);
    }

    /** Query rows: {@code heads * headSize}. */
    public int querySize() {
        return heads * headSize;
    }

    /** Key (or value) rows: {@code keyValueHeads * headSize}. */
    public int keyValueSize() {
        return keyValueHeads * headSize;
    }

    /** The same with other scaling. */
    public LlamaConfig withRopeScaling(RopeScaling scaling) {
        return new LlamaConfig(
                vocabularySize,
                hiddenSize,
                intermediateSize,
                layers,
                heads,
                keyValueHeads,
                headSize,
                normEpsilon,
                ropeBase,
                scaling,
                contextLength,
                tiedEmbeddings,
                attentionBias,
                mlpBias,
                bosTokenId,
                eosTokenIds);
    }
}
