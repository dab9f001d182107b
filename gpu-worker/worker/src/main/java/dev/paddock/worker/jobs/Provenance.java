package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.Lease;
import dev.paddock.contracts.lease.TrainingOrder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Puts {@code paddock.json} into an adapter's folder: which base, which rows, how it was made. */
final class Provenance {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private Provenance() {}

    static void write(Path adapter, Lease lease, String codeVersion) throws IOException {
        TrainingOrder order = lease.order();
        ObjectNode lineage = JSON.createObjectNode();
        lineage.put("baseDigest", order.baseDigest())
                .put("baseVersionId", order.baseVersionId().toString())
                .put("datasetDigest", order.datasetDigest())
                .put("datasetVersionId", order.datasetVersionId().toString())
                .put("jobId", lease.jobId().toString())
                .put("method", order.method())
                .put("adapter", order.adapter())
                .put("objective", order.objective())
                .put("seed", order.seed())
                .put("codeVersion", codeVersion);
        lineage.set("parameters", order.parameters());
        Files.writeString(adapter.resolve("paddock.json"), JSON.writeValueAsString(lineage) + "\n");
    }
}
