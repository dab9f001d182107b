package dev.paddock.contracts.inference;

import java.util.List;

/** A base in memory with its adapters; context is its length in tokens. */
public record LoadedModel(String base, List<String> adapters, String precision, int context, long residentBytes) {}
