package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Either prompts (already rendered) or messages; logprobs is the number of alternatives (0 to 20, null for none); echo scores the prompt too; maxTokens 0 with echo only scores; a priority of 1 or more takes the lane kept free for verdicts. */
public record CompletionRequest(
        ModelReference model,
        @Nullable List<String> prompts,
        @Nullable List<ChatMessage> messages,
        @Nullable JsonNode tools,
        SamplingParameters sampling,
        @Nullable Integer logprobs,
        boolean echo,
        boolean stream,
        @Nullable Integer priority) {}
