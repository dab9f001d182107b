package dev.paddock.contracts.event;

import tools.jackson.databind.JsonNode;

/**
 * An adapter or an objective of the catalogue as a worker announces it.
 *
 * @param kind {@code adapter} or {@code objective}
 * @param parameters JSON Schema (draft 2020-12) of its own parameters
 */
public record MethodPart(String kind, String id, String family, String summary, String paper, JsonNode parameters) {
    public static final String ADAPTER = "adapter";
    public static final String OBJECTIVE = "objective";
}
