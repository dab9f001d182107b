package dev.paddock.llama.classification;

import dev.paddock.llama.adapter.HeadedAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
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

/**
 * A classifier as a folder: an adapter with a head in PEFT's layout, and {@code classifier.json} with what the outputs stand for.
 *
 * @param scheme the labels
 * @param headed the adapter and its head
 */
public record ClassifierModel(LabelScheme scheme, HeadedAdapter headed) {
    private static final String FILE = "classifier.json";
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** @throws IllegalArgumentException where the head does not fit the labels */
    public ClassifierModel {
        if (headed.head().outputs() != scheme.labels().size()
                || headed.task() != scheme.kind().task()) {
            throw new IllegalArgumentException("%d labels of kind %s cannot have a head of %d outputs for %s"
                    .formatted(
                            scheme.labels().size(),
                            scheme.kind().id(),
                            headed.head().outputs(),
                            headed.task()));
        }
    }

    /** Whether a folder is a classifier's. */
    public static boolean isIn(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /**
     * Refuses a model of another width.
     *
     * @throws UnsupportedModelException where the head was made for another base
     */
    public void checkFits(LlamaConfig config) {
        if (headed.head().inputs() != config.hiddenSize()) {
            throw new UnsupportedModelException(
                    "The head reads %d numbers and the model's hidden size is %d: it was made for another base"
                            .formatted(headed.head().inputs(), config.hiddenSize()));
        }
    }

    /**
     * Writes the folder, which exists.
     *
     * @param settings of the adapter
     * @param baseModel what the configuration names as its base
     */
    public void write(Path folder, LoraSettings settings, String baseModel) {
        PeftAdapter.write(folder, settings, headed, baseModel);
        ObjectNode json = JSON.createObjectNode();
        json.put("kind", scheme.kind().id());
        json.put("causal", scheme.causal());
        scheme.labels().forEach(json.putArray("labels")::add);
        try {
            Files.writeString(folder.resolve(FILE), JSON.writeValueAsString(json) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the folder of a classifier that this program wrote.
     *
     * @throws UnsupportedModelException naming what the engine does not have
     * @throws MalformedModelFileException for files that break their format or do not belong together
     */
    public static ClassifierModel read(Path folder) {
        JsonNode json = JsonFiles.read(folder.resolve(FILE));
        try {
            return new ClassifierModel(scheme(json), PeftAdapter.readHeaded(folder));
        } catch (IllegalArgumentException e) {
            throw new MalformedModelFileException(FILE + ": " + e.getMessage(), e);
        }
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
