package dev.paddock.llama.tokenizer;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
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
    private HuggingFaceTokenizers() {}

    static Tokenizer open(Path folder) {
        Path file = folder.resolve("tokenizer.json");
        if (!Files.exists(file)) {
            throw new UnsupportedModelException(folder + " holds no tokenizer.json; other tokenizers are not read");
        }
        if (!(JsonFiles.read(file) instanceof ObjectNode definition)) {
            throw new MalformedModelFileException(file + " must be a JSON object");
        }
        Vocabulary vocabulary = HuggingFaceVocabulary.read(definition);
        JsonNode config = optional(folder.resolve("tokenizer_config.json"));
        Optional<Integer> bos = special(vocabulary, config.path("bos_token"));
        Optional<Integer> eos = special(vocabulary, config.path("eos_token"));
        TokenizerSettings settings = new TokenizerSettings(
                bos,
                eos,
                endIds(folder, eos),
                bos.isPresent() && addsBos(definition, config, vocabulary, bos.get()),
                HuggingFaceVocabulary.stripsLeadingSpace(definition),
                template(folder, config));
        return new VocabularyTokenizer(vocabulary, settings, new NativeEncoder(definition));
    }

    private static Optional<Integer> special(Vocabulary vocabulary, JsonNode node) {
        String text = node.isObject() ? node.path("content").asString("") : node.asString("");
        return vocabulary.id(text).stream().boxed().findFirst();
    }

    private static Set<Integer> endIds(Path folder, Optional<Integer> eos) {
        Set<Integer> ids = new HashSet<>(eos.stream().toList());
        for (String file : new String[] {"config.json", "generation_config.json"}) {
            JsonNode value = optional(folder.resolve(file)).path("eos_token_id");
            value.forEach(id -> ids.add(id.asInt()));
            if (value.isIntegralNumber()) {
                ids.add(value.asInt());
            }
        }
        return ids;
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

    private static Optional<String> template(Path folder, JsonNode config) {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(file)) {
            try {
                return Optional.of(Files.readString(file));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
        JsonNode template = config.path("chat_template");
        for (JsonNode named : template) {
            if (named.path("name").asString("").equals("default")) {
                return Optional.of(named.path("template").asString(""));
            }
        }
        return template.isString() ? Optional.of(template.stringValue()) : Optional.empty();
    }

    private static JsonNode optional(Path file) {
        return Files.exists(file) ? JsonFiles.read(file) : JsonNodeFactory.instance.objectNode();
    }
}
