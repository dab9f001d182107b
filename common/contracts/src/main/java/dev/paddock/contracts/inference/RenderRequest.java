package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Renders a conversation by the base's chat template. */
public record RenderRequest(
        String base, List<ChatMessage> messages, @Nullable JsonNode tools, boolean addGenerationPrompt) {}
