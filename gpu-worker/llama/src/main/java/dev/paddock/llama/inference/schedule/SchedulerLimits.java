package dev.paddock.llama.inference.schedule;

/**
 * How much a scheduler lets in.
 *
 * @param waiting most sequences in the queue beside {@code running} others; another one is refused
 * @param running most sequences running at once
 * @param cachedTokens most tokens for which running sequences together hold room in their caches
 * @param tokensPerStep most prompt tokens of one step, which keeps the steps of running sequences short
 */
public record SchedulerLimits(int waiting, int running, long cachedTokens, int tokensPerStep) {
    public SchedulerLimits {
        if (waiting < 0 || running < 1 || cachedTokens < 1 || tokensPerStep < 1) {
            throw new IllegalArgumentException(
                    "waiting %d, running %d, cachedTokens %d, tokensPerStep %d: waiting must be 0 or more, the others 1 or more"
                            .formatted(waiting, running, cachedTokens, tokensPerStep));
        }
    }
}
