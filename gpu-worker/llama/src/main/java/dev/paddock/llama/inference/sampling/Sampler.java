package dev.paddock.llama.inference.sampling;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Chooses the tokens of one answer, one after another. */
public final class Sampler {
    private final SamplingParameters parameters;
    private final TokenCounts counts;
    private final SplittableRandom random;
    private final boolean greedyAsTheyAre;

    /** @param prompt ids that the repetition penalty counts as used */
    public Sampler(SamplingParameters parameters, int[] prompt) {
        this.parameters = parameters;
        this.counts = new TokenCounts(prompt);
        this.random = new SplittableRandom(parameters.seed());
        this.greedyAsTheyAre = parameters.temperature() == 0
                && parameters.repetitionPenalty() == 1
                && parameters.presencePenalty() == 0
                && parameters.frequencyPenalty() == 0
                && parameters.logitBias().isEmpty();
    }

    /**
     * Chooses the next token.
     *
     * @param logits {@code [vocabulary]}; not changed
     * @throws NotFiniteException where a logit is no number, or all are infinite
     */
    public int next(float[] logits) {
        return next(logits, null);
    }

    /**
     * Chooses the next token among some.
     *
     * @param logits {@code [vocabulary]}; not changed
     * @param allowed ids that may be chosen, one or more; null for all
     * @throws NotFiniteException where a logit of an allowed token is no number, or all are infinite
     */
    public int next(float[] logits, @Nullable BitSet allowed) {
        int token = greedyAsTheyAre && allowed == null ? likeliest(logits) : choose(processed(logits, allowed));
        counts.add(token);
        return token;
    }

    /**
     * Chooses the next token among some, where one was proposed: it is kept as often as the distribution allows, and the tokens
     * chosen are distributed as those of {@link #next(float[], BitSet)}.
     *
     * @param proposed drawn from {@code proposals}
     * @param proposals what it was drawn from
     */
    public int next(float[] logits, @Nullable BitSet allowed, int proposed, Distribution proposals) {
        if (parameters.temperature() == 0) {
            return next(logits, allowed);
        }
        int token = distribution(processed(logits, allowed), parameters).draw(proposed, proposals, random);
        counts.add(token);
        return token;
    }

    /**
     * What the temperature and the filters make of logits.
     *
     * @param logits {@code [vocabulary]}; changed
     * @param parameters with a temperature above 0; penalties and biases are not looked at
     * @throws NotFiniteException where a logit is no number, or all are infinite
     */
    public static Distribution distribution(float[] logits, SamplingParameters parameters) {
        temper(logits, logits[likeliest(logits)], parameters);
        double[] probabilities = new double[logits.length];
        if (Candidates.all(logits, parameters)) {
            for (int token = 0; token < logits.length; token++) {
                probabilities[token] = Math.exp(logits[token]);
            }
        } else {
            Candidates.of(logits, parameters)
                    .forEach(kept -> probabilities[kept.token()] = Math.exp(kept.logProbability()));
        }
        double mass = Logits.finite(Arrays.stream(probabilities).sum());
        return new Distribution(
                Arrays.stream(probabilities).map(value -> value / mass).toArray());
    }

    private float[] processed(float[] logits, @Nullable BitSet allowed) {
        float[] changed = logits.clone();
        counts.penalize(changed, parameters);
        parameters.logitBias().forEach((token, bias) -> changed[token] += bias.floatValue());
        if (allowed != null) {
            forbid(changed, allowed);
        }
        return changed;
    }

    private static void forbid(float[] logits, BitSet allowed) {
        for (int id = allowed.nextClearBit(0); id < logits.length; id = allowed.nextClearBit(id + 1)) {
            logits[id] = Float.NEGATIVE_INFINITY;
        }
    }

    private int choose(float[] logits) {
        int likeliest = likeliest(logits);
        return parameters.temperature() == 0 ? likeliest : draw(logits, logits[likeliest]);
    }

    private static int likeliest(float[] logits) {
        int token = Logits.argMax(logits);
        if (!Float.isFinite(logits[token])) {
            throw new NotFiniteException(logits[token]);
        }
        return token;
    }

    private static void temper(float[] logits, float highest, SamplingParameters parameters) {
        for (int token = 0; token < logits.length; token++) {
            logits[token] = (float) ((logits[token] - highest) / parameters.temperature());
        }
    }

    private int draw(float[] logits, float highest) {
        temper(logits, highest, parameters);
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
        double left = random.nextDouble() * Logits.finite(mass);
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
