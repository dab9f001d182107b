package dev.paddock.contracts.inference;

import org.jspecify.annotations.Nullable;

/** A function call in an assistant's turn; arguments is JSON text. */
public record ToolCall(@Nullable String id, String name, String arguments) {}
