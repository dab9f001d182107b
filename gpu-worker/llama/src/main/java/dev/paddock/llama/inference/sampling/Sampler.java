package dev.paddock.llama.inference.sampling;

import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Chooses the tokens of one answer, one after another. */
public final class Sampler {
    private final SamplingParameters parameters;
    private final TokenCounts counts;
    private final SplittableRandom random;

    /** @param prompt ids that the repetition penalty counts as used */
    public Sampler(SamplingParameters parameters, int[] prompt) {
        this.parameters = parameters;
        this.counts = new TokenCounts(prompt);
        this.random = new SplittableRandom(parameters.seed());
    }

    /**
     * Chooses the next token.
     *
     * @param logits {@code [vocabulary]}; not changed
     * @throws NotFiniteException where no logit is a number
     */
    public int next(float[] logits) {
        return next(logits, null);
    }

    /**
     * Chooses the next token among some.
     *
     * @param logits {@code [vocabulary]}; not changed
     * @param allowed ids that may be chosen, one or more; null for all
     * @throws NotFiniteException where no logit of an allowed token is a number
     */
    public int next(float[] logits, @Nullable BitSet allowed) {
        float[] changed = logits.clone();
        counts.penalize(changed, parameters);
        parameters.logitBias().forEach((token, bias) -> changed[token] += bias.floatValue());
        if (allowed != null) {
            forbid(changed, allowed);
        }
        int token = choose(changed);
        counts.add(token);
        return token;
    }

    private static void forbid(float[] logits, BitSet allowed) {
        for (int id = allowed.nextClearBit(0); id < logits.length; id = allowed.nextClearBit(id + 1)) {
            logits[id] = Float.NEGATIVE_INFINITY;
        }
    }

    private int choose(float[] logits) {
        int likeliest = Logits.argMax(logits);
        if (!Float.isFinite(logits[likeliest])) {
            throw new NotFiniteException(logits[likeliest]);
        }
        return parameters.temperature() == 0 ? likeliest : draw(logits, logits[likeliest]);
    }

    private int draw(float[] logits, float highest) {
        for (int token = 0; token < logits.length; token++) {
            logits[token] = (float) ((logits[token] - highest) / parameters.temperature());
        }
        if (Candidates.all(logits, parameters)) {
            return drawAny(logits);
        }
        List<TokenLogProbability> candidates = Candidates.of(logits, parameters);
        double mass = candidates.stream()
                .mapToDouble(candidate -> Math.exp(candidate.logProbability()))
                .sum();
        double left = random.nextDouble() * mass;
        for (TokenLogProbability candidate : candidates) {
            left -= Math.exp(candidate.logProbability());
            if (left < 0) {
                return candidate.token();
            }
        }
        return candidates.get(candidates.size() - 1).token();
    }

    /** Draws from the whole vocabulary, in the order of the ids. */
    private int drawAny(float[] logits) {
        double mass = 0;
        for (float logit : logits) {
            mass += Math.exp(logit);
        }
        double left = random.nextDouble() * mass;
        int last = 0;
        for (int token = 0; token < logits.length; token++) {
            double weight = Math.exp(logits[token]);
            left -= weight;
            if (left < 0) {
                return token;
            }
            last = weight > 0 ? token : last;
        }
        return last;
    }
}
