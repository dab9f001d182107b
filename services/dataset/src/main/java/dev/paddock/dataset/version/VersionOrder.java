package dev.paddock.dataset.version;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A version to be made: the recipe with its parameters, the sources and the split. */
record VersionOrder(
        @NotBlank String recipe,
        @Nullable ObjectNode params,
        @Size(max = 1000) @Nullable List<@NotNull UUID> documents,
        @Size(max = 1000) @Nullable List<@NotNull UUID> uploads,
        @Valid @Nullable TestSplit test) {
    ObjectNode paramsOrNone() {
        return params == null ? JsonNodeFactory.instance.objectNode() : params;
    }

    /** The documents' ids, each once, in the order of their ids, so that the order of naming them does not count. */
    List<UUID> documentIds() {
        return documents == null
                ? List.of()
                : documents.stream().distinct().sorted().toList();
    }

    List<UUID> uploadIds() {
        return uploads == null
                ? List.of()
                : uploads.stream().distinct().sorted().toList();
    }

    TestSplit split() {
        return test == null ? TestSplit.DEFAULT : test;
    }
}
