package dev.paddock.registry.version;

import dev.paddock.kit.problem.ProblemException;
import dev.paddock.registry.artifact.GgufType;
import org.jspecify.annotations.Nullable;

/**
 * How a caller wants a version.
 *
 * @param format folder or file; a Hugging Face folder where it is absent
 * @param type what matrices become in a GGUF file; as they are stored where it is absent
 * @param merged whether an adapter is merged into its base in a GGUF file; not where it is absent
 */
record DownloadRequest(
        @Nullable DownloadFormat format,
        @Nullable GgufType type,
        @Nullable Boolean merged) {
    DownloadFormat formatOrFolder() {
        return format == null ? DownloadFormat.HUGGINGFACE : format;
    }

    GgufType typeOrStored() {
        return type == null ? GgufType.AS_STORED : type;
    }

    boolean mergesAdapter() {
        return merged != null && merged;
    }

    /** Refuses what means nothing for the version. */
    void requireFor(VersionKind kind) {
        if (formatOrFolder() != DownloadFormat.GGUF) {
            require("type", type, "belongs to format=GGUF: add that, or leave type out");
            require("merged", merged, "belongs to format=GGUF: add that, or leave merged out");
        } else if (kind.whole()) {
            require("merged", merged, "is for adapters, and this version is a whole model: leave merged out");
        } else if (!mergesAdapter()) {
            require(
                    "type",
                    type,
                    "is for whole models, and an adapter's file is fp32: leave type out or add merged=true");
        }
    }

    private static void require(String field, @Nullable Object value, String rule) {
        if (value != null) {
            throw ProblemException.invalid(field, value, rule);
        }
    }
}
