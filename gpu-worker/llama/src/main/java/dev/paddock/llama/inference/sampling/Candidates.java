package dev.paddock.llama.inference.sampling;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens that the filters leave, with the logarithms of their probabilities at the sampling temperature. Every filter reads the
 * distribution that the one before it left, as the processors of transformers do. Impossible tokens (logit minus infinity) are never
 * among them.
 */
final class Candidates {
    private Candidates() {}

    /** Whether every token is left. */
    static boolean all(float[] logits, SamplingParameters parameters) {
        return parameters.topP() >= 1
                && parameters.minP() == 0
                && parameters.typicalP() >= 1
                && (parameters.topK() == 0 || parameters.topK() >= logits.length);
    }

    /** Likeliest first. */
    static List<TokenLogProbability> of(float[] logits, SamplingParameters parameters) {
        double logSumExp = Logits.logSumExp(logits);
        List<TokenLogProbability> kept = nucleus(likeliest(logits, logSumExp, parameters), parameters.topP());
        if (parameters.minP() > 0) {
            double least = kept.get(0).logProbability() + Math.log(parameters.minP());
            kept = kept.stream()
                    .filter(token -> token.logProbability() >= least)
                    .toList();
        }
        return parameters.typicalP() < 1 ? TypicalTokens.of(normalized(kept), parameters.typicalP()) : kept;
    }

    /** What top-k leaves, and of the others all that can belong to the nucleus. */
    private static List<TokenLogProbability> likeliest(
            float[] logits, double logSumExp, SamplingParameters parameters) {
        if (parameters.topK() > 0 && parameters.topK() < logits.length) {
            List<TokenLogProbability> top = Logits.top(logits, parameters.topK(), logSumExp).stream()
                    .filter(token -> token.logProbability() > Double.NEGATIVE_INFINITY)
                    .toList();
            return normalized(top);
        }
        return plausible(logits, logSumExp, parameters.topP());
    }

    /**
     * Tokens that can belong to the nucleus: those below {@code (1 - topP) / vocabulary} have together less than what the nucleus
     * leaves out, so only the others need sorting.
     */
    private static List<TokenLogProbability> plausible(float[] logits, double logSumExp, double topP) {
        double least = Math.log((1 - topP) / logits.length);
        List<TokenLogProbability> kept = new ArrayList<>();
        for (int token = 0; token < logits.length; token++) {
            if (logits[token] > Float.NEGATIVE_INFINITY && logits[token] - logSumExp >= least) {
                kept.add(new TokenLogProbability(token, logits[token] - logSumExp));
            }
        }
        kept.sort(Logits.LIKELIEST);
        return kept;
    }

    private static List<TokenLogProbability> normalized(List<TokenLogProbability> tokens) {
        double sum = tokens.stream()
                .mapToDouble(token -> Math.exp(token.logProbability()))
                .sum();
        double logSum = Math.log(sum);
        return tokens.stream()
                .map(token -> new TokenLogProbability(token.token(), token.logProbability() - logSum))
                .toList();
    }

    /** The fewest likeliest tokens whose mass reaches {@code topP}. */
    private static List<TokenLogProbability> nucleus(List<TokenLogProbability> sorted, double topP) {
        if (topP >= 1) {
            return sorted;
        }
        double mass = 0;
        int size = 0;
        while (size < sorted.size() && (size == 0 || mass < topP)) {
            mass += Math.exp(sorted.get(size++).logProbability());
        }
        return sorted.subList(0, size);
    }
}
