package dev.paddock.evaluation.suite;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.ManifestFile;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a classifier's artifact says of itself.
 *
 * @param spans whether parts of messages get labels, or whole texts
 * @param labels of texts, or types of spans
 */
public record ClassifierLabels(boolean spans, List<String> labels) {
    private static final String FILE = "classifier.json";
    private static final String BEGIN = "B-";
    private static final JsonMapper JSON = new JsonMapper();

    public ClassifierLabels {
        labels = List.copyOf(labels);
    }

    /** Those of an adapter; null where it is no classifier, or not in the store. */
    public static @Nullable ClassifierLabels of(ArtifactStore artifacts, String adapter) {
        Digest folder = new Digest(adapter);
        try {
            if (!artifacts.exists(folder)) {
                return null;
            }
            Optional<ManifestFile> file = artifacts.manifest(folder).files().stream()
                    .filter(one -> one.path().equals(FILE))
                    .findFirst();
            return file.isEmpty() ? null : read(artifacts, file.get());
        } catch (IOException e) {
            throw DatasetArtifact.unreadable("the adapter " + adapter, e);
        }
    }

    private static ClassifierLabels read(ArtifactStore artifacts, ManifestFile file) throws IOException {
        try (InputStream in = artifacts.open(new Digest(file.digest()))) {
            JsonNode json = JSON.readTree(in.readAllBytes());
            boolean spans = json.path("kind").asString("").equals("token");
            List<String> labels =
                    json.path("labels").valueStream().map(JsonNode::asString).toList();
            return new ClassifierLabels(spans, spans ? types(labels) : labels);
        }
    }

    private static List<String> types(List<String> tags) {
        return tags.stream()
                .filter(tag -> tag.startsWith(BEGIN))
                .map(tag -> tag.substring(BEGIN.length()))
                .toList();
    }
}
