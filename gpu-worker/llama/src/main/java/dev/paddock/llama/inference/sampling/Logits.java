package dev.paddock.llama.inference.sampling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** What is asked of one row of logits ({@code [vocabulary]}, any real numbers). */
public final class Logits {
    /** Likeliest first; of equals the lower id first. */
    static final Comparator<TokenLogProbability> LIKELIEST = Comparator.comparingDouble(
                    TokenLogProbability::logProbability)
            .reversed()
            .thenComparingInt(TokenLogProbability::token);

    private Logits() {}

    /**
     * Logarithm of the sum of exponentials.
     *
     * @throws NotFiniteException where it is none, as with a logit that is no number
     */
    public static double logSumExp(float[] logits) {
        double highest = logits[argMax(logits)];
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return highest + Math.log(finite(sum));
    }

    /** @throws NotFiniteException where it is no finite number */
    static double finite(double mass) {
        if (!Double.isFinite(mass)) {
            throw new NotFiniteException((float) mass);
        }
        return mass;
    }

    /** Id of the highest logit; of equals the lowest id. One that is no number counts as the highest, as in NumPy and PyTorch. */
    public static int argMax(float[] logits) {
        int best = 0;
        for (int token = 1; token < logits.length; token++) {
            if (logits[token] > logits[best] || Float.isNaN(logits[token])) {
                best = token;
            }
        }
        return best;
    }

    /** The {@code count} likeliest tokens, likeliest first. */
    public static List<TokenLogProbability> top(float[] logits, int count, double logSumExp) {
        if (count <= 0) {
            return List.of();
        }
        PriorityQueue<TokenLogProbability> best = new PriorityQueue<>(LIKELIEST.reversed());
        double threshold = Double.NEGATIVE_INFINITY;
        for (int token = 0; token < logits.length; token++) {
            if (best.size() < count || logits[token] - logSumExp > threshold) {
                best.add(new TokenLogProbability(token, logits[token] - logSumExp));
                threshold = trim(best, count);
            }
        }
        List<TokenLogProbability> sorted = new ArrayList<>(best);
        sorted.sort(LIKELIEST);
        return sorted;
    }

    private static double trim(PriorityQueue<TokenLogProbability> best, int count) {
        if (best.size() > count) {
            best.poll();
        }
        TokenLogProbability least = best.peek();
        return least == null ? Double.NEGATIVE_INFINITY : least.logProbability();
    }
}
