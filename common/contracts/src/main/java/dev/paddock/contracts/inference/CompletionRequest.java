package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Either prompts (already rendered) or messages; logprobs is the number of alternatives (0 to 20, null for none); echo scores the
 * prompt too; maxTokens 0 with echo only scores.
 *
 * @param priority 1 or more takes the lane kept free for verdicts
 * @param scoredFrom with echo and logprobs, for each prompt the character from which its tokens are scored: tokens that end
 *     before it have no probability, and cost nothing where another prompt begins alike; null for the whole of every prompt;
 *     characters are Unicode code points, here and in every offset
 * @param plain true where control tokens in the prompts are ordinary text, since the prompts hold texts that others wrote; else
 *     the prompts are rendered already and theirs count
 * @param data for each prompt the characters at which a control token's text is ordinary nevertheless, as rendering gave them;
 *     null for none
 * @param constraint what every answer must be, or null for any text; beside it there are no stop strings and no required tools
 * @param toolChoice how the tools may be used; null as the model likes
 */
public record CompletionRequest(
        ModelReference model,
        @Nullable List<String> prompts,
        @Nullable List<ChatMessage> messages,
        @Nullable JsonNode tools,
        SamplingParameters sampling,
        @Nullable Integer logprobs,
        boolean echo,
        boolean stream,
        @Nullable Integer priority,
        @Nullable List<Integer> scoredFrom,
        @Nullable Boolean plain,
        @Nullable List<List<Integer>> data,
        @Nullable TextConstraint constraint,
        @Nullable ToolChoice toolChoice) {
    /** Prompts that one request may hold. */
    public static final int MOST_PROMPTS = 1024;

    /** Any text, and tools as the model likes. */
    public CompletionRequest(
            ModelReference model,
            @Nullable List<String> prompts,
            @Nullable List<ChatMessage> messages,
            @Nullable JsonNode tools,
            SamplingParameters sampling,
            @Nullable Integer logprobs,
            boolean echo,
            boolean stream,
            @Nullable Integer priority,
            @Nullable List<Integer> scoredFrom,
            @Nullable Boolean plain,
            @Nullable List<List<Integer>> data) {
        this(
                model,
                prompts,
                messages,
                tools,
                sampling,
                logprobs,
                echo,
                stream,
                priority,
                scoredFrom,
                plain,
                data,
                null,
                null);
    }

    /** Every token is scored where any is, and control tokens count. */
    public CompletionRequest(
            ModelReference model,
            @Nullable List<String> prompts,
            @Nullable List<ChatMessage> messages,
            @Nullable JsonNode tools,
            SamplingParameters sampling,
            @Nullable Integer logprobs,
            boolean echo,
            boolean stream,
            @Nullable Integer priority) {
        this(model, prompts, messages, tools, sampling, logprobs, echo, stream, priority, null, null, null);
    }
}
