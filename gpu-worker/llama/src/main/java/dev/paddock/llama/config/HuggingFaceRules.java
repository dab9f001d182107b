package dev.paddock.llama.config;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a {@code config.json} may not ask for, each refused by name. */
final class HuggingFaceRules {
    private static final Set<String> ARCHITECTURES = Set.of("LlamaForCausalLM", "MistralForCausalLM");
    private static final Set<String> CLASSIFIERS =
            Set.of("LlamaForSequenceClassification", "LlamaForTokenClassification");
    private static final Set<String> MODEL_TYPES = Set.of("llama", "mistral");
    private static final List<String> EXPERTS = List.of("num_local_experts", "num_experts", "n_routed_experts");

    private static final List<String> SOFT_CAPS = List.of("attn_logit_softcapping", "final_logit_softcapping");
    private static final int MISTRAL_WINDOW = 4096;

    private HuggingFaceRules() {}

    /** @param classifier whether the model gives labels, and has a head in the place of an output matrix */
    static void check(JsonFields fields, boolean classifier) {
        checkArchitecture(fields, classifier);
        fields.object("quantization_config").ifPresent(HuggingFaceRules::checkQuantization);
        fields.text("hidden_act").filter(name -> !name.equals("silu")).ifPresent(name -> {
            throw unsupported("hidden_act", name, "the activation must be silu");
        });
        for (String experts : EXPERTS) {
            fields.integer(experts).ifPresent(count -> {
                throw unsupported(experts, count, "mixtures of experts are not supported");
            });
        }
        if (fields.flag("rope_interleaved", false)) {
            throw unsupported("rope_interleaved", true, "rotary halves must not be interleaved");
        }
        for (String cap : SOFT_CAPS) {
            fields.number(cap).ifPresent(value -> {
                throw unsupported(cap, value, "soft-capped logits are not supported");
            });
        }
        fields.find("layer_types").ifPresent(HuggingFaceRules::checkLayerTypes);
    }

    /** Four bits of bitsandbytes in the type that the paper of QLoRA made. */
    private static void checkQuantization(JsonFields fields) {
        boolean nf4 = fields.text("quant_method").filter("bitsandbytes"::equals).isPresent()
                && fields.flag("load_in_4bit", false)
                && fields.text("bnb_4bit_quant_type").filter("nf4"::equals).isPresent()
                && fields.text("bnb_4bit_quant_storage").orElse("uint8").equals("uint8");
        if (!nf4) {
            throw unsupported(
                    "quantization_config",
                    fields.node(),
                    "weights must be fp32, fp16 or bf16, a GGUF file, or bitsandbytes with load_in_4bit,"
                            + " bnb_4bit_quant_type nf4 and bnb_4bit_quant_storage uint8");
        }
    }

    /** A window is harmless where no context is longer. */
    static void checkWindow(JsonFields fields, int contextLength) {
        int window = fields.integer("sliding_window").orElse(unnamedWindow(fields, contextLength));
        if (fields.flag("use_sliding_window", true) && window < contextLength) {
            throw unsupported(
                    "sliding_window", window, "it must be null or at least max_position_embeddings " + contextLength);
        }
    }

    /** Where {@code sliding_window} is left out, not null, transformers' MistralConfig has a window of its own. */
    private static int unnamedWindow(JsonFields fields, int contextLength) {
        boolean mistral = fields.text("model_type").filter("mistral"::equals).isPresent();
        return mistral && !fields.node().has("sliding_window") ? MISTRAL_WINDOW : contextLength;
    }

    private static void checkArchitecture(JsonFields fields, boolean classifier) {
        String name = fields.find("architectures")
                .filter(names -> names.size() > 0)
                .map(names -> names.get(0).asString())
                .orElse("");
        if (classifier && !CLASSIFIERS.contains(name)) {
            throw unsupported(
                    "architectures",
                    name,
                    "a classifier is LlamaForSequenceClassification or LlamaForTokenClassification");
        }
        if (!classifier && CLASSIFIERS.contains(name)) {
            throw unsupported(
                    "architectures", name, "it gives labels and writes no texts: take the model that it was made from");
        }
        if (!classifier && !name.isEmpty() && !ARCHITECTURES.contains(name)) {
            throw unsupported("architectures", name, "supported are LlamaForCausalLM and MistralForCausalLM");
        }
        String type = fields.text("model_type").orElse("(missing)");
        if (!MODEL_TYPES.contains(type)) {
            throw unsupported("model_type", type, "supported are llama and mistral");
        }
    }

    private static void checkLayerTypes(JsonNode types) {
        for (JsonNode type : types) {
            if (!type.asString().equals("full_attention")) {
                throw unsupported("layer_types", type, "every layer must have full_attention");
            }
        }
    }

    static UnsupportedModelException unsupported(String field, Object value, String rule) {
        return new UnsupportedModelException(field + " is " + value + "; " + rule);
    }
}
