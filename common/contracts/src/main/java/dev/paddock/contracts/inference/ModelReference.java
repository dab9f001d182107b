package dev.paddock.contracts.inference;

import org.jspecify.annotations.Nullable;

/** A base by digest and, optionally, an adapter by digest. */
public record ModelReference(String base, @Nullable String adapter) {}
