package dev.paddock.llama.inference.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is drawn where another distribution has proposed is distributed as if nobody had. */
final class DistributionTest {
    private static final int DRAWS = 200_000;
    /** Chi-square of 5 degrees of freedom that chance exceeds once in 60,000 times. */
    private static final double MOST_BY_CHANCE = 30;

    private static final List<double[]> SHAPES = List.of(
            new double[] {0.4, 0.3, 0.15, 0.1, 0.04, 0.01},
            new double[] {0.05, 0.05, 0.1, 0.2, 0.3, 0.3},
            new double[] {0.5, 0.5, 0, 0, 0, 0},
            new double[] {0, 0, 0.25, 0.25, 0.25, 0.25},
            new double[] {0, 1, 0, 0, 0, 0});

    @Test
    void whoeverProposesTheDrawsAreTheTargets() {
        for (double[] target : SHAPES) {
            for (double[] proposer : SHAPES) {
                SplittableRandom random = new SplittableRandom(17);
                Distribution p = new Distribution(target);
                Distribution q = new Distribution(proposer);
                int[] counts = new int[6];
                int kept = 0;
                for (int i = 0; i < DRAWS; i++) {
                    int proposed = q.draw(random);
                    int token = p.draw(proposed, q, random);
                    counts[token]++;
                    kept += token == proposed ? 1 : 0;
                }
                assertThat(chiSquare(counts, target)).isLessThan(MOST_BY_CHANCE);
                double common = IntStream.range(0, 6)
                        .mapToDouble(token -> Math.min(target[token], proposer[token]))
                        .sum();
                assertThat((double) kept / DRAWS)
                        .as("proposals are kept as often as they can be")
                        .isCloseTo(common, within(0.005));
            }
        }
    }

    /** Three tokens in a row, with every filter, penalty and bias, and ids that are not allowed. */
    @Test
    void sampledAnswersAreDistributedAlikeWithProposals() {
        float[] logits = {1f, 1.5f, 0.8f, 1.2f, 0.2f, 1.1f};
        float[] others = {0.5f, 0.1f, 1.4f, 1.3f, 0.9f, 0.3f};
        BitSet allowed = BitSet.valueOf(new long[] {0b101111});
        int[] plain = new int[216];
        int[] proposed = new int[216];
        for (int seed = 0; seed < DRAWS / 4; seed++) {
            Sampler without = new Sampler(parameters(seed), new int[] {3});
            Sampler with = new Sampler(parameters(-1 - seed), new int[] {3});
            RandomGenerator random = new SplittableRandom(-1 - seed).split();
            Distribution q = Sampler.distribution(others.clone(), SamplingParameters.sampled(1.1, 0.9, 0, 0));
            int first = 0;
            int second = 0;
            for (int i = 0; i < 3; i++) {
                first = 6 * first + without.next(logits, allowed);
                second = 6 * second + with.next(logits, allowed, q.draw(random), q);
            }
            plain[first]++;
            proposed[second]++;
        }
        double chiSquare = 0;
        int cells = 0;
        for (int i = 0; i < plain.length; i++) {
            if (plain[i] + proposed[i] > 10) {
                chiSquare += Math.pow(plain[i] - proposed[i], 2) / (plain[i] + proposed[i]);
                cells++;
            }
        }
        assertThat(cells).isGreaterThan(20);
        assertThat(chiSquare).isLessThan(cells + 4 * Math.sqrt(2 * cells));
    }

    private static SamplingParameters parameters(long seed) {
        return new SamplingParameters(0.9, 0.95, 5, 0.02, 0.98, 1.2, 0.3, 0.2, Map.of(2, 0.4, 4, -0.1), seed);
    }

    private static double chiSquare(int[] counts, double[] expected) {
        double sum = 0;
        for (int token = 0; token < counts.length; token++) {
            double wanted = expected[token] * DRAWS;
            if (wanted == 0) {
                assertThat(counts[token]).isZero();
            } else {
                sum += Math.pow(counts[token] - wanted, 2) / wanted;
            }
        }
        return sum;
    }
}
