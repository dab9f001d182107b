package dev.paddock.llama.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * What jinja2 rendered, written by {@code benchmarks/reference/chat_template_reference.py}. The system property
 * {@code paddock.chat-template-cases} names another file of the same kind, for templates that are not checked in.
 */
record ReferenceCases(JsonNode document, Clock clock) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One rendering: its template, its variables, and the text or (where {@code fails}) the mistake expected. */
    record Case(String name, String source, java.util.Map<String, Object> variables, boolean fails, String expected) {}

    static ReferenceCases read() {
        String other = System.getProperty("paddock.chat-template-cases", "");
        try (InputStream file = other.isEmpty()
                        ? Objects.requireNonNull(
                                ReferenceCases.class.getResourceAsStream("/chat-template-cases.json.gz"))
                        : Files.newInputStream(Path.of(other));
                InputStream json = new GZIPInputStream(file)) {
            JsonNode document = JSON.readTree(json);
            return new ReferenceCases(
                    document, Clock.fixed(Instant.parse(document.get("now").asString()), ZoneOffset.UTC));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<Case> cases() {
        return document.get("cases").valueStream().map(this::read).toList();
    }

    private Case read(JsonNode node) {
        boolean snippet = node.has("source");
        String source = snippet
                ? node.get("source").asString()
                : document.get("templates").get(node.get("template").asString()).asString();
        JsonNode variables = snippet ? document.get("data") : node.get("variables");
        boolean fails = node.has("error");
        String expected = node.get(fails ? "error" : "expected").asString();
        return new Case(
                node.get("name").asString(),
                source,
                JSON.convertValue(variables, new TypeReference<java.util.Map<String, Object>>() {}),
                fails,
                expected);
    }
}
