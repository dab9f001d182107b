package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.UnsupportedModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a byte-level tokenizer cuts text before merging, by GGUF's {@code tokenizer.ggml.pre}.
 *
 * @param definition the {@code pre_tokenizer} of a {@code tokenizer.json}
 * @param ignoresMerges whether a piece that is a token is taken whole
 * @param addsBos whether plain text is begun with the first token where the file does not say
 */
record PreTokenizer(ObjectNode definition, boolean ignoresMerges, boolean addsBos) {
    private static final String GPT2 = "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)";
    private static final String LLAMA3 = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}"
            + "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final List<String> DEFAULT =
            List.of("[\\p{P}\\$\\+<=>\\^~\\|]+", GPT2, "\\p{N}+", "[0-9][0-9][0-9]");

    /** A name for each kind of cut. */
    private static final List<String> NAMES = List.of("smollm", "gpt-2", "llama-bpe", "default");

    static PreTokenizer of(String name) {
        return switch (name) {
            case "smollm", "starcoder" -> new PreTokenizer(sequence(List.of(digits(), byteLevel(true))), false, false);
            case "gpt-2" -> new PreTokenizer(byteLevel(true), false, false);
            case "llama-bpe", "llama3", "llama-v3" -> new PreTokenizer(splits(List.of(LLAMA3)), true, true);
            case "default" -> new PreTokenizer(splits(DEFAULT), false, false);
            default ->
                throw new UnsupportedModelException("tokenizer.ggml.pre is " + name
                        + "; supported are smollm, starcoder, gpt-2, llama-bpe, llama3, llama-v3 and default");
        };
    }

    /** GGUF's name of the cut that a {@code tokenizer.json} defines; empty for one that has none. */
    static Optional<String> name(JsonNode definition, boolean ignoresMerges) {
        return NAMES.stream()
                .filter(name -> of(name).ignoresMerges() == ignoresMerges)
                .filter(name -> plain(of(name).definition()).equals(plain(definition)))
                .findFirst();
    }

    /** Without what changes no ids. */
    private static JsonNode plain(JsonNode definition) {
        JsonNode copy = definition.deepCopy();
        for (JsonNode step : copy.has("pretokenizers") ? copy.path("pretokenizers") : List.of(copy)) {
            if (step instanceof ObjectNode object) {
                object.remove("trim_offsets");
            }
        }
        return copy;
    }

    private static ObjectNode splits(List<String> patterns) {
        List<ObjectNode> steps = new ArrayList<>();
        for (String pattern : patterns) {
            ObjectNode step = JsonNodeFactory.instance.objectNode().put("type", "Split");
            step.putObject("pattern").put("Regex", pattern);
            steps.add(step.put("behavior", "Isolated").put("invert", false));
        }
        steps.add(byteLevel(false));
        return sequence(steps);
    }

    private static ObjectNode sequence(List<ObjectNode> steps) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("type", "Sequence");
        ArrayNode array = node.putArray("pretokenizers");
        steps.forEach(array::add);
        return node;
    }

    private static ObjectNode digits() {
        return JsonNodeFactory.instance.objectNode().put("type", "Digits").put("individual_digits", true);
    }

    private static ObjectNode byteLevel(boolean splitting) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", splitting);
    }
}
