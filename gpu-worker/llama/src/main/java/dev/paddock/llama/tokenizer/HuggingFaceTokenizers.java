package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.JsonFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Opens the tokenizer of a Hugging Face folder. */
final class HuggingFaceTokenizers {
    private static final List<String> MODEL_FILES = List.of("config.json", "generation_config.json");

    private HuggingFaceTokenizers() {}

    static Tokenizer open(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        if (!Files.exists(file)) {
            throw new UnsupportedModelException(folder + " holds no tokenizer.json; other tokenizers are not read");
        }
        if (!(JsonFiles.read(file) instanceof ObjectNode definition)) {
            throw new MalformedModelFileException(file + " must be a JSON object");
        }
        JsonNode config = optional(folder.resolve("tokenizer_config.json"));
        Optional<String> template = HuggingFaceTemplates.plain(folder, config);
        Optional<String> toolTemplate = HuggingFaceTemplates.withTools(folder, config);
        String templates = template.orElse("") + toolTemplate.orElse("");
        Vocabulary vocabulary = HuggingFaceVocabulary.read(definition, templates);
        Optional<Integer> bos = special(folder, vocabulary, config, "bos_token");
        Optional<Integer> eos = special(folder, vocabulary, config, "eos_token");
        TokenizerSettings settings = new TokenizerSettings(
                bos,
                eos,
                endIds(folder, eos),
                bos.isPresent() && addsBos(definition, config, vocabulary, bos.get()),
                HuggingFaceVocabulary.stripsLeadingSpace(definition),
                template,
                toolTemplate);
        return new VocabularyTokenizer(vocabulary, settings, new NativeEncoder(definition, vocabulary.guarded()));
    }

    /** A token as {@code tokenizer_config.json} names it; where there is no such file, as the model's own files number it. */
    private static Optional<Integer> special(Path folder, Vocabulary vocabulary, JsonNode config, String name) {
        if (!Files.exists(folder.resolve("tokenizer_config.json"))) {
            return MODEL_FILES.stream()
                    .flatMap(file -> ids(folder.resolve(file), name + "_id").stream())
                    .filter(vocabulary::has)
                    .findFirst();
        }
        JsonNode node = config.path(name);
        String text = node.isObject() ? node.path("content").asString("") : node.asString("");
        return vocabulary.id(text).stream().boxed().findFirst();
    }

    private static Set<Integer> endIds(Path folder, Optional<Integer> eos) {
        Set<Integer> ids = new HashSet<>(eos.stream().toList());
        MODEL_FILES.forEach(file -> ids.addAll(ids(folder.resolve(file), "eos_token_id")));
        return ids;
    }

    /** One id or a list of them. */
    private static List<Integer> ids(Path file, String field) {
        JsonNode value = optional(file).path(field);
        return value.isIntegralNumber()
                ? List.of(value.asInt())
                : value.valueStream().map(JsonNode::asInt).toList();
    }

    /** The post-processor decides; where there is none, {@code add_bos_token}. */
    private static boolean addsBos(JsonNode definition, JsonNode config, Vocabulary vocabulary, int bos) {
        JsonNode processor = definition.path("post_processor");
        if (!processor.isObject()) {
            return config.path("add_bos_token").asBoolean(false);
        }
        JsonNode steps = processor.path("processors");
        for (JsonNode step : steps.isArray() ? steps : List.of(processor)) {
            JsonNode first = step.path("single").path(0).path("SpecialToken").path("id");
            if (first.isString()
                    && first.stringValue().equals(vocabulary.token(bos).text())) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode optional(Path file) {
        return Files.exists(file) ? JsonFiles.read(file) : JsonNodeFactory.instance.objectNode();
    }
}
