package dev.paddock.registry.version;

import jakarta.persistence.Embeddable;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a version came from: an import's format, source and licence, or a training's base, job and data. The base digest is
 * the one that an adapter was trained on, or a model was made from.
 */
@Embeddable
public record Origin(
        @Nullable UUID baseVersionId,
        @Nullable String baseDigest,
        @Nullable UUID jobId,
        @Nullable UUID datasetVersionId,
        @Nullable String datasetDigest,
        @Nullable String format,
        @Nullable String source,
        @Nullable String licence) {

    public static Origin importedBase(String format, String source, @Nullable String licence) {
        return new Origin(null, null, null, null, null, format, source, licence);
    }

    public static Origin importedGuard(UUID baseVersionId, String trainedOnDigest, String source) {
        return new Origin(baseVersionId, trainedOnDigest, null, null, null, "peft", source, null);
    }

    /** What a job made: an adapter in PEFT's layout, or a model as a Hugging Face folder. */
    public static Origin made(
            VersionKind kind,
            UUID baseVersionId,
            String baseDigest,
            UUID jobId,
            @Nullable UUID datasetVersionId,
            @Nullable String datasetDigest) {
        String format = kind.whole() ? "huggingface" : "peft";
        return new Origin(baseVersionId, baseDigest, jobId, datasetVersionId, datasetDigest, format, null, null);
    }
}
