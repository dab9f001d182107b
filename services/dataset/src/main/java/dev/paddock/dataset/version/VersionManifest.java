package dev.paddock.dataset.version;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The file manifest.json of a version: all that made it, so that it can be made again; no times. */
@JsonPropertyOrder({
    "format",
    "recipe",
    "parameters",
    "documents",
    "uploads",
    "testShare",
    "testSeed",
    "counts",
    "reasons"
})
record VersionManifest(
        String format,
        String recipe,
        ObjectNode parameters,
        List<UUID> documents,
        List<UUID> uploads,
        double testShare,
        long testSeed,
        Counts counts,
        Map<String, Integer> reasons) {
    static final String FORMAT = "paddock-dataset/1";
}
