package dev.paddock.contracts.event;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A method of the catalogue as a worker announces it; parameters is its JSON Schema (draft 2020-12). */
public record MethodDescription(
        String id,
        String family,
        String summary,
        String paper,
        @Nullable String adapter,
        @Nullable String objective,
        JsonNode parameters) {}
