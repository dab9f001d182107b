package dev.paddock.llama.inference.schedule;

/**
 * How much a scheduler lets in. Urgent sequences have a lane of their own: half as many again may run, as many again may wait,
 * and an eighth of the cached tokens is left to them unless an ordinary sequence that runs alone needs it;
 * they leave ordinary prompts an eighth of a step.
 *
 * @param waiting most sequences in the queue beside {@code running} others; another one is refused
 * @param running most sequences running at once
 * @param cachedTokens most tokens for which running sequences together hold room in their caches; who finds none gives way to those before it
 * @param tokensPerStep most prompt tokens of one step
 * @param tokensBesideAnswers most prompt tokens of a step in which few answers get their next ones, which keeps these steps short ({@link #besideAnswers})
 */
public record SchedulerLimits(int waiting, int running, long cachedTokens, int tokensPerStep, int tokensBesideAnswers) {
    /** Tokens of a cache for which room is taken at once, as the kernels' caches do. */
    public static final int BLOCK = 64;

    private static final int SHARE = 8;

    public SchedulerLimits {
        if (waiting < 0 || running < 1 || cachedTokens < 1 || tokensPerStep < 1 || tokensBesideAnswers < 1) {
            throw new IllegalArgumentException(
                    "waiting %d, running %d, cachedTokens %d, tokensPerStep %d, tokensBesideAnswers %d: waiting must be 0 or more, the others 1 or more"
                            .formatted(waiting, running, cachedTokens, tokensPerStep, tokensBesideAnswers));
        }
    }

    /** Steps have one length, whatever runs in them. */
    public SchedulerLimits(int waiting, int running, long cachedTokens, int tokensPerStep) {
        this(waiting, running, cachedTokens, tokensPerStep, tokensPerStep);
    }

    /**
     * Most prompt tokens of a step in which some answers get their next tokens: as many as there are answers, with which the step takes about
     * twice as long as without, but not less than {@code tokensBesideAnswers}.
     */
    int besideAnswers(int answers) {
        return Math.min(tokensPerStep, Math.max(tokensBesideAnswers, answers));
    }

    /** Most sequences of a lane that run at once. */
    int running(boolean urgent) {
        return urgent ? (running + 1) / 2 : running;
    }

    /** Tokens of the caches that are left to the urgent. */
    long cachedTokensLeft() {
        return cachedTokens / SHARE;
    }

    /** Prompt tokens of a step that the urgent leave to others. */
    int promptTokensLeft(int step) {
        return step / SHARE;
    }

    /** Tokens of whole blocks. */
    public static int inBlocks(int tokens) {
        return Math.addExact(tokens, BLOCK - 1) / BLOCK * BLOCK;
    }
}
