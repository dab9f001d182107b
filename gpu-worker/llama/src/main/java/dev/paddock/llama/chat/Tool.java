package dev.paddock.llama.chat;

import tools.jackson.databind.JsonNode;

/**
 * A function that a model may call.
 *
 * @param name letters, digits, {@code _} and {@code -}
 * @param parameters the JSON Schema of its arguments, an object's
 */
public record Tool(String name, JsonNode parameters) {}
