package dev.paddock.llama.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.Fixtures;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class LlamaConfigTest {
    private static final String TINY = """
        {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "vocab_size": 64, "hidden_size": 32,
         "intermediate_size": 48, "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2,
         "max_position_embeddings": 128, "eos_token_id": [2, 3], "bos_token_id": 1}\
        """;

    @Test
    void frequenciesOfEveryScalingAreThoseOfTransformers() {
        for (JsonNode row : Fixtures.json("weights/rope.json")) {
            for (String form : new String[] {"old", "new"}) {
                LlamaConfig config = LlamaConfig.fromHuggingFace(row.get(form));
                assertFrequencies(config, row);
                assertFrequencies(LlamaConfig.fromHuggingFace(config.toHuggingFace()), row);
            }
        }
    }

    private static void assertFrequencies(LlamaConfig config, JsonNode row) {
        float[] found = config.inverseFrequencies(row.get("sequence").intValue());
        assertThat(found).hasSize(row.get("inverse").size());
        for (int i = 0; i < found.length; i++) {
            double expected = row.get("inverse").get(i).doubleValue();
            assertThat((double) found[i])
                    .as("%s %s", config.ropeScaling(), i)
                    .isCloseTo(expected, within(Math.abs(expected) * 1e-6));
        }
        assertThat(config.attentionFactor()).isCloseTo(row.get("attention").doubleValue(), within(1e-9));
    }

    @Test
    void dynamicScalingTakesFactorTimesTheTrainedPositions() {
        LlamaConfig config = read(TINY.replace(
                "\"bos_token_id\"",
                "\"rope_scaling\": {\"rope_type\": \"dynamic\", \"factor\": 2.5}, \"bos_token_id\""));
        assertThat(config.contextLength()).isEqualTo(320);
        assertThat(config.inverseFrequencies(320)[1]).isLessThan(config.inverseFrequencies(128)[1]);
        assertThat(config.toHuggingFace().path("max_position_embeddings").asInt())
                .isEqualTo(128);
        assertThat(LlamaConfig.fromHuggingFace(config.toHuggingFace())).isEqualTo(config);
    }

    @Test
    void aClassifierIsReadAsOneOnly() {
        String classifier = TINY.replace("LlamaForCausalLM", "LlamaForTokenClassification");
        LlamaConfig config =
                LlamaConfig.fromHuggingFaceClassifier(JsonMapper.shared().readTree(classifier));
        assertThat(config.tiedEmbeddings()).as("there is no output matrix").isTrue();
        assertThat(config.layers()).isEqualTo(2);
        assertThatThrownBy(() -> read(classifier)).hasMessageContaining("it gives labels and writes no texts");
        assertThatThrownBy(() -> LlamaConfig.fromHuggingFaceClassifier(
                        JsonMapper.shared().readTree(TINY)))
                .hasMessageContaining("architectures is LlamaForCausalLM; a classifier is");
    }

    @Test
    void defaultsAreThoseOfTransformers() {
        LlamaConfig config = read(TINY);
        assertThat(config.headSize()).isEqualTo(8);
        assertThat(config.normEpsilon()).isEqualTo(1e-6);
        assertThat(config.ropeBase()).isEqualTo(10_000);
        assertThat(config.tiedEmbeddings()).isFalse();
        assertThat(config.eosTokenIds()).containsExactly(2, 3);
        assertThat(config.inverseFrequencies(1)[1]).isEqualTo((float) Math.pow(10_000, -0.25));
        assertThat(LlamaConfig.fromHuggingFace(config.toHuggingFace())).isEqualTo(config);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "architectures|['Qwen2ForCausalLM']",
                "model_type|'gemma'",
                "hidden_act|'gelu'",
                "quantization_config|{'quant_method': 'gptq'}",
                "quantization_config|{'quant_method': 'bitsandbytes', 'load_in_8bit': true}",
                "quantization_config|{'quant_method': 'bitsandbytes', 'load_in_4bit': true, 'bnb_4bit_quant_type':"
                        + " 'fp4'}",
                "sliding_window|64",
                "num_local_experts|8",
                "partial_rotary_factor|0.5",
                "rope_scaling|{'rope_type': 'newest'}",
                "rope_parameters|{'full_attention': {'rope_type': 'default', 'rope_theta': 10000.0}}",
                "attn_logit_softcapping|50.0",
                "final_logit_softcapping|30.0",
                "layer_types|['full_attention', 'sliding_attention']",
                "num_key_value_heads|3",
                "num_attention_heads|0",
            })
    void refusesByName(String field, String value) {
        ObjectNode config = (ObjectNode) JsonMapper.shared().readTree(TINY);
        config.set(field, JsonMapper.shared().readTree(value.replace('\'', '"')));
        assertThatThrownBy(() -> LlamaConfig.fromHuggingFace(config))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(field.equals("rope_scaling") ? "newest" : field);
    }

    @Test
    void aScalingWithoutATypeIsRefused() {
        String scaled = TINY.replace("\"vocab_size\"", "\"rope_scaling\": {\"factor\": 4.0}, \"vocab_size\"");
        assertThatThrownBy(() -> read(scaled))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("must name its rope_type");
    }

    @Test
    void aWindowAsLongAsTheContextDoesNotBite() {
        assertThat(read(TINY.replace("\"vocab_size\"", "\"sliding_window\": 128, \"vocab_size\"")))
                .isEqualTo(read(TINY));
    }

    @Test
    void aMistralThatNamesNoWindowHasTransformersOwn() {
        String mistral = TINY.replace("\"llama\"", "\"mistral\"").replace("LlamaFor", "MistralFor");
        assertThat(read(mistral).contextLength()).isEqualTo(128);
        String longer = mistral.replace("128", "8192");
        assertThatThrownBy(() -> read(longer))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageStartingWith("sliding_window is 4096");
        String without = longer.replace("\"vocab_size\"", "\"sliding_window\": null, \"vocab_size\"");
        assertThat(read(without).contextLength()).isEqualTo(8192);
    }

    @Test
    void aMissingFieldIsNamed() {
        assertThatThrownBy(() -> read(TINY.replace("\"hidden_size\": 32,", "")))
                .isInstanceOf(MalformedModelFileException.class)
                .hasMessageContaining("hidden_size is missing");
    }

    @Test
    void ggufMetadataGivesTheSameShape() {
        LlamaConfig config = LlamaConfig.fromGguf(gguf(), Set.of("output.weight", "blk.0.attn_q.weight"));
        assertThat(config.normEpsilon()).isEqualTo(1e-6);
        assertThat(config).isEqualTo(read(TINY.replace("[2, 3]", "[2]")));
    }

    @ParameterizedTest
    @CsvSource({
        "general.architecture,qwen2",
        "llama.rope.scaling.type,longrope",
        "llama.expert_count,8",
        "llama.rope.dimension_count,4"
    })
    void refusesGgufByName(String key, String value) {
        Map<String, Object> metadata = gguf();
        metadata.put(key, value.matches("\\d+") ? Long.valueOf(value) : value);
        assertThatThrownBy(() -> LlamaConfig.fromGguf(metadata, Set.of()))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    private static Map<String, Object> gguf() {
        Map<String, Object> metadata = new HashMap<>();
        metadata.put("general.architecture", "llama");
        metadata.put("llama.vocab_size", 64L);
        metadata.put("llama.embedding_length", 32L);
        metadata.put("llama.feed_forward_length", 48L);
        metadata.put("llama.block_count", 2L);
        metadata.put("llama.attention.head_count", 4L);
        metadata.put("llama.attention.head_count_kv", 2L);
        metadata.put("llama.attention.layer_norm_rms_epsilon", 1e-6);
        metadata.put("llama.context_length", 128L);
        metadata.put("tokenizer.ggml.bos_token_id", 1L);
        metadata.put("tokenizer.ggml.eos_token_id", 2L);
        return metadata;
    }

    private static LlamaConfig read(String json) {
        return LlamaConfig.fromHuggingFace(JsonMapper.shared().readTree(json));
    }
}
