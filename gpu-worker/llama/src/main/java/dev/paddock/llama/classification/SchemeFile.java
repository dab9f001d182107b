package dev.paddock.llama.classification;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.weights.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code classifier.json}: what the outputs of the classifier in a folder stand for. */
final class SchemeFile {
    static final String NAME = "classifier.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private SchemeFile() {}

    static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(NAME));
    }

    static void write(Path folder, LabelScheme scheme) {
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", scheme.kind().id());
        json.put("causal", scheme.causal());
        scheme.labels().forEach(json.putArray("labels")::add);
        write(folder.resolve(NAME), json);
    }

    /** Writes indented JSON. */
    static void write(Path file, JsonNode json) {
        try {
            Files.writeString(file, JSON.writeValueAsString(json) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws MalformedModelFileException for a file that breaks its format */
    static LabelScheme read(Path folder) {
        JsonNode json = JsonFiles.read(folder.resolve(NAME));
        try {
            return scheme(json);
        } catch (IllegalArgumentException e) {
            throw malformed(e);
        }
    }

    /** A file that does not belong to what lies beside it. */
    static MalformedModelFileException malformed(IllegalArgumentException reason) {
        return new MalformedModelFileException(NAME + ": " + reason.getMessage(), reason);
    }

    private static LabelScheme scheme(JsonNode json) {
        LabelKind kind = Arrays.stream(LabelKind.values())
                .filter(known -> known.id().equals(json.path("kind").asString("")))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("kind is " + json.path("kind") + "; it is sequence or token"));
        boolean texts = json.path("labels").valueStream().allMatch(JsonNode::isString);
        if (!json.path("causal").isBoolean() || !texts) {
            throw new IllegalArgumentException("causal is true or false, and labels a list of names");
        }
        List<String> labels =
                json.path("labels").valueStream().map(JsonNode::asString).toList();
        return new LabelScheme(kind, json.path("causal").asBoolean(), labels);
    }
}
