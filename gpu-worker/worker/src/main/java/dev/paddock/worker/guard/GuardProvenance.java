package dev.paddock.worker.guard;

import dev.paddock.kit.artifacts.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts {@code paddock.json} into a guard's folder: which base, which rows, how it was made. */
final class GuardProvenance {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private GuardProvenance() {}

    static void write(
            Path adapter,
            String baseDigest,
            GuardSettings settings,
            GuardTaxonomy taxonomy,
            GuardRows rows,
            boolean sources)
            throws IOException {
        ObjectNode lineage = JSON.createObjectNode();
        lineage.put("baseDigest", baseDigest)
                .put("method", "lora")
                .put("recipe", "starter-guard")
                .put("seed", settings.seed())
                .put("trainingRows", rows.train().size());
        lineage.set("parameters", JSON.valueToTree(settings));
        lineage.set("taxonomy", JSON.valueToTree(taxonomy.categories()));
        ArrayNode list = lineage.putArray("sources");
        taxonomy.files()
                .forEach(
                        file -> add(list, file, Digest.of(Resources.bytes(file)).value(), "Apache-2.0"));
        List<GuardSource> used = sources ? GuardRows.sources() : List.of();
        used.stream()
                .filter(source -> source.train() > 0)
                .forEach(source -> add(list, source.name(), "sha256:" + source.sha256(), source.licence()));
        Files.writeString(adapter.resolve("paddock.json"), JSON.writeValueAsString(lineage) + "\n");
    }

    private static void add(ArrayNode list, String name, String digest, String licence) {
        list.addObject().put("name", name).put("digest", digest).put("licence", licence);
    }
}
