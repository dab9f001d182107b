package dev.paddock.llama.tokenizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Chat templates of a Hugging Face folder: files of their own, else in {@code tokenizer_config.json}. */
final class HuggingFaceTemplates {
    private static final String TOOLS = "tool_use";

    private HuggingFaceTemplates() {}

    static Optional<String> plain(Path folder, JsonNode config) {
        JsonNode template = config.path("chat_template");
        return file(folder.resolve("chat_template.jinja"))
                .or(() -> named(template, "default"))
                .or(() -> template.isString() ? Optional.of(template.stringValue()) : Optional.empty());
    }

    /** The template named {@code tool_use}. */
    static Optional<String> withTools(Path folder, JsonNode config) {
        return file(folder.resolve("additional_chat_templates").resolve(TOOLS + ".jinja"))
                .or(() -> named(config.path("chat_template"), TOOLS));
    }

    private static Optional<String> named(JsonNode templates, String name) {
        return templates
                .valueStream()
                .filter(template -> template.path("name").asString("").equals(name))
                .map(template -> template.path("template").asString(""))
                .findFirst();
    }

    private static Optional<String> file(Path file) {
        try {
            return Files.isRegularFile(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
