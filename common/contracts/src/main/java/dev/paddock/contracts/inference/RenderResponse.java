package dev.paddock.contracts.inference;

/** The rendered prompt and its length in tokens. */
public record RenderResponse(String prompt, int tokens) {}
