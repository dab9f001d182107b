package dev.paddock.contracts.inference;

import java.util.List;

/** Conversations that a classifier labels, each by itself; model names its adapter. */
public record ClassificationRequest(ModelReference model, List<List<ChatMessage>> inputs) {}
