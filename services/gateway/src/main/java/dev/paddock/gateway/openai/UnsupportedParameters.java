package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Parameters of OpenAI's API, of vLLM and of llama.cpp's server that would change the answer and that no model here honours: refused
 * unless their value asks for nothing. Parameters that this table and the readers do not know are ignored, since clients send extras.
 */
final class UnsupportedParameters {
    private static final Map<String, Predicate<JsonNode>> GENERATION = Map.ofEntries(
            Map.entry("min_tokens", UnsupportedParameters::isZero),
            Map.entry("ignore_eos", UnsupportedParameters::isOff),
            Map.entry("stop_token_ids", UnsupportedParameters::isEmpty),
            Map.entry("include_stop_str_in_output", UnsupportedParameters::isOff),
            Map.entry("bad_words", UnsupportedParameters::isEmpty),
            Map.entry("allowed_token_ids", UnsupportedParameters::isEmpty),
            Map.entry("truncate_prompt_tokens", UnsupportedParameters::never),
            Map.entry("prompt_logprobs", UnsupportedParameters::never),
            Map.entry("logits_processors", UnsupportedParameters::isEmpty),
            Map.entry("guided_grammar", UnsupportedParameters::never),
            Map.entry("guided_whitespace_pattern", UnsupportedParameters::never),
            Map.entry("structural_tag", UnsupportedParameters::never),
            Map.entry("grammar", UnsupportedParameters::isEmpty),
            Map.entry("json_schema", UnsupportedParameters::isEmpty),
            Map.entry("repeat_penalty", UnsupportedParameters::isOne),
            Map.entry("tfs_z", UnsupportedParameters::isOne),
            Map.entry("top_a", UnsupportedParameters::isZero),
            Map.entry("mirostat", UnsupportedParameters::isZero),
            Map.entry("dynatemp_range", UnsupportedParameters::isZero),
            Map.entry("dry_multiplier", UnsupportedParameters::isZero),
            Map.entry("xtc_probability", UnsupportedParameters::isZero),
            Map.entry("epsilon_cutoff", UnsupportedParameters::isZero),
            Map.entry("eta_cutoff", UnsupportedParameters::isZero),
            Map.entry("samplers", UnsupportedParameters::never),
            Map.entry("prediction", UnsupportedParameters::never));

    private static final Map<String, Predicate<JsonNode>> CHAT = joined(Map.ofEntries(
            Map.entry("functions", UnsupportedParameters::isEmpty),
            Map.entry("function_call", UnsupportedParameters::leavesNoChoice),
            Map.entry(
                    "modalities",
                    node -> node.size() == 1 && "text".equals(node.path(0).asString(""))),
            Map.entry("audio", UnsupportedParameters::never),
            Map.entry("web_search_options", UnsupportedParameters::never),
            Map.entry("suffix", UnsupportedParameters::isEmpty),
            Map.entry("echo", UnsupportedParameters::isOff),
            Map.entry("chat_template", UnsupportedParameters::never),
            Map.entry("chat_template_kwargs", UnsupportedParameters::isEmpty),
            Map.entry("documents", UnsupportedParameters::isEmpty),
            Map.entry("continue_final_message", UnsupportedParameters::isOff),
            Map.entry("add_generation_prompt", value -> !isOff(value))));

    private static final Map<String, Predicate<JsonNode>> TEXT =
            joined(Map.of("suffix", UnsupportedParameters::isEmpty, "tools", UnsupportedParameters::isEmpty));

    private UnsupportedParameters() {}

    static void refuseInChat(RequestFields fields) {
        refuse(fields, CHAT);
    }

    static void refuseInText(RequestFields fields) {
        refuse(fields, TEXT);
    }

    private static Map<String, Predicate<JsonNode>> joined(Map<String, Predicate<JsonNode>> own) {
        Map<String, Predicate<JsonNode>> all = new HashMap<>();
        List.of(GENERATION, own).forEach(all::putAll);
        return Map.copyOf(all);
    }

    private static void refuse(RequestFields fields, Map<String, Predicate<JsonNode>> table) {
        table.forEach(
                (name, harmless) -> fields.find(name).filter(harmless.negate()).ifPresent(value -> {
                    throw unsupported(name);
                }));
    }

    static OpenAiException unsupported(String name) {
        return OpenAiException.invalid(
                "unsupported_parameter", name, "'" + name + "' is not supported by the models here; leave it out.");
    }

    private static boolean never(JsonNode value) {
        return false;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isString() ? value.asString().isEmpty() : value.isContainer() && value.isEmpty();
    }

    private static boolean isOff(JsonNode value) {
        return value.isBoolean() && !value.booleanValue();
    }

    private static boolean isZero(JsonNode value) {
        return value.isNumber() && value.asDouble(Double.NaN) == 0;
    }

    private static boolean isOne(JsonNode value) {
        return value.isNumber() && value.asDouble(Double.NaN) == 1;
    }

    private static boolean leavesNoChoice(JsonNode value) {
        return value.isString()
                && (value.asString().equals("none") || value.asString().equals("auto"));
    }
}
