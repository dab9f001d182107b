package dev.paddock.worker.jobs;

import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.TrainingOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts {@code paddock.json} into a result's folder: which base, which rows and other versions, how and in what it was made. */
final class Provenance {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Provenance() {}

    static void write(Path result, Lease lease, String codeVersion, TrainingEnvironment environment)
            throws IOException {
        TrainingOrder order = lease.order();
        ObjectNode lineage = JSON.createObjectNode();
        lineage.put("baseDigest", order.baseDigest())
                .put("baseVersionId", order.baseVersionId().toString())
                .put("datasetDigest", order.datasetDigest())
                .put("datasetVersionId", String.valueOf(order.datasetVersionId()))
                .put("jobId", lease.jobId().toString())
                .put("method", order.method())
                .put("adapter", order.adapter())
                .put("objective", order.objective())
                .put("seed", order.seed())
                .put("codeVersion", codeVersion);
        if (order.datasetVersionId() == null) {
            lineage.remove(List.of("datasetDigest", "datasetVersionId"));
        }
        if (order.sources() != null && !order.sources().isEmpty()) {
            lineage.set("sources", JSON.valueToTree(order.sources()));
        }
        lineage.set("environment", JSON.valueToTree(environment));
        lineage.set("parameters", order.parameters());
        Files.writeString(result.resolve("paddock.json"), JSON.writeValueAsString(lineage) + "\n");
    }
}
