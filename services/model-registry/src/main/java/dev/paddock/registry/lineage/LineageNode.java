package dev.paddock.registry.lineage;

import tools.jackson.databind.JsonNode;

/** A node with the facts that events told of it (null facts: referred to, but not told of yet). */
public record LineageNode(String kind, String id, JsonNode facts) {}
