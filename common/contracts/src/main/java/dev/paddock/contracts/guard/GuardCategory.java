package dev.paddock.contracts.guard;

/** One category of a policy's taxonomy: a short code such as {@code S1}, its name and one or more lines that say what is unsafe. */
public record GuardCategory(String code, String name, String description) {}
