package dev.paddock.contracts.inference;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How tokens are chosen, in OpenAI's terms with top_k, min_p, typical_p and repetition_penalty; null is the default (greedy is
 * temperature 0).
 *
 * @param beams how answers are searched for, or null where tokens are chosen one after another; beside it nothing else than
 *     {@code maxTokens}, {@code stop}, {@code n} and a seed, which makes no difference, departs from doing nothing
 */
public record SamplingParameters(
        @Nullable Integer maxTokens,
        @Nullable Double temperature,
        @Nullable Double topP,
        @Nullable Integer topK,
        @Nullable Double repetitionPenalty,
        @Nullable Double presencePenalty,
        @Nullable Double frequencyPenalty,
        @Nullable Map<Integer, Double> logitBias,
        @Nullable Long seed,
        @Nullable List<String> stop,
        @Nullable Integer n,
        @Nullable Double minP,
        @Nullable Double typicalP,
        @Nullable BeamSearch beams) {
    /** Greedy, at most {@code maxTokens} tokens. */
    public static SamplingParameters greedy(int maxTokens) {
        return new SamplingParameters(
                maxTokens, 0.0, null, null, null, null, null, null, null, null, null, null, null, null);
    }
}
