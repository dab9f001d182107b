package dev.paddock.llama.inference.sampling;

import java.util.random.RandomGenerator;

/**
 * Probabilities of all tokens.
 *
 * @param probabilities {@code [vocabulary]}, 0 or more, of sum 1 but for rounding
 */
@SuppressWarnings("ArrayRecordComponent")
public record Distribution(double[] probabilities) {
    /** Draws a token. */
    public int draw(RandomGenerator random) {
        double left = random.nextDouble();
        int last = 0;
        for (int token = 0; token < probabilities.length; token++) {
            left -= probabilities[token];
            if (left < 0) {
                return token;
            }
            last = probabilities[token] > 0 ? token : last;
        }
        return last;
    }

    /**
     * Draws a token of this distribution where another one has proposed one: the proposal is kept as often as possible, and what it
     * is replaced by makes up for what the other one proposes too seldom (speculative sampling, Leviathan et al. 2023,
     * arXiv:2211.17192, theorem 1 of appendix A.1; Chen et al. 2023, arXiv:2302.01318, theorem 1).
     *
     * @param proposed drawn from {@code other}
     */
    int draw(int proposed, Distribution other, RandomGenerator random) {
        if (random.nextDouble() * other.at(proposed) < at(proposed)) {
            return proposed;
        }
        double[] left = new double[probabilities.length];
        double sum = 0;
        for (int token = 0; token < left.length; token++) {
            left[token] = Math.max(0, probabilities[token] - other.at(token));
            sum += left[token];
        }
        if (sum <= 0) {
            return draw(random);
        }
        for (int token = 0; token < left.length; token++) {
            left[token] /= sum;
        }
        return new Distribution(left).draw(random);
    }

    private double at(int token) {
        return token < probabilities.length ? probabilities[token] : 0;
    }
}
