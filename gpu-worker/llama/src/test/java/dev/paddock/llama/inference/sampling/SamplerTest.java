package dev.paddock.llama.inference.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class SamplerTest {
    private static final float[] LOGITS = {1f, 3f, 2f, -1f, 2.5f};
    private static final int[] NO_PROMPT = {};

    @Test
    void greedyTakesTheLikeliest() {
        assertThat(new Sampler(SamplingParameters.greedy(), NO_PROMPT).next(LOGITS))
                .isEqualTo(1);
    }

    @Test
    void theSameSeedGivesTheSameTokens() {
        SamplingParameters parameters = SamplingParameters.sampled(1, 1, 0, 42);
        Sampler first = new Sampler(parameters, NO_PROMPT);
        Sampler second = new Sampler(parameters, NO_PROMPT);
        for (int i = 0; i < 100; i++) {
            assertThat(first.next(LOGITS)).isEqualTo(second.next(LOGITS));
        }
    }

    @Test
    void frequenciesAreTheSoftmaxAtTheTemperature() {
        Map<Integer, Integer> counts = draw(SamplingParameters.sampled(0.7, 1, 0, 1), 40_000);
        double sum = 0;
        for (float logit : LOGITS) {
            sum += Math.exp(logit / 0.7);
        }
        for (int token = 0; token < LOGITS.length; token++) {
            double expected = Math.exp(LOGITS[token] / 0.7) / sum;
            assertThat(counts.getOrDefault(token, 0) / 40_000.0).isCloseTo(expected, within(0.01));
        }
    }

    @Test
    void withoutACutTheDrawIsTheInverseOfTheCumulatedProbabilitiesByIds() {
        SplittableRandom random = new SplittableRandom(11);
        Sampler sampler = new Sampler(SamplingParameters.sampled(1, 1, 0, 11), NO_PROMPT);
        double sum = Logits.logSumExp(LOGITS);
        for (int i = 0; i < 1_000; i++) {
            double left = random.nextDouble();
            int token = -1;
            while (left >= 0) {
                left -= Math.exp(LOGITS[++token] - sum);
            }
            assertThat(sampler.next(LOGITS)).isEqualTo(token);
        }
    }

    @Test
    void topKKeepsTheLikeliestOnly() {
        assertThat(draw(SamplingParameters.sampled(2, 1, 2, 1), 2_000)).containsOnlyKeys(1, 4);
    }

    @Test
    void topPKeepsTheFewestThatReachTheMass() {
        // softmax: 0.064 0.470 0.173 0.009 0.285: tokens 1 and 4 reach 0.755
        assertThat(draw(SamplingParameters.sampled(1, 0.75, 0, 1), 2_000)).containsOnlyKeys(1, 4);
        assertThat(draw(SamplingParameters.sampled(1, 0.76, 0, 1), 2_000)).containsOnlyKeys(1, 2, 4);
    }

    @Test
    void topPOfManyTokensEqualsAFullSort() {
        Random random = new Random(5);
        float[] logits = new float[5_000];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (3 * random.nextGaussian());
        }
        double sum = Logits.logSumExp(logits);
        double mass = 0;
        int size = 0;
        for (TokenLogProbability token : Logits.top(logits, logits.length, sum)) {
            if (mass >= 0.9) {
                break;
            }
            mass += Math.exp(token.logProbability());
            size++;
        }
        assertThat(Candidates.of(logits, SamplingParameters.sampled(1, 0.9, 0, 1)))
                .isEqualTo(Logits.top(logits, size, sum));
    }

    @Test
    void repetitionPenaltyCountsThePromptToo() {
        SamplingParameters parameters = new SamplingParameters(0, 1, 0, 0, 1, 2, 0, 0, Map.of(), 0);
        Sampler sampler = new Sampler(parameters, new int[] {1, 3});
        assertThat(sampler.next(LOGITS)).isEqualTo(4); // 3 / 2 < 2.5
        assertThat(sampler.next(LOGITS)).isEqualTo(2); // 2.5 / 2 < 2
    }

    @Test
    void presenceAndFrequencyPenaltiesCountTheAnswerOnly() {
        SamplingParameters parameters = new SamplingParameters(0, 1, 0, 0, 1, 1, 0.2, 0.2, Map.of(), 0);
        Sampler sampler = new Sampler(parameters, new int[] {1, 1, 1});
        assertThat(sampler.next(LOGITS)).isEqualTo(1);
        assertThat(sampler.next(LOGITS)).isEqualTo(1); // 3 - 0.4 > 2.5
        assertThat(sampler.next(LOGITS)).isEqualTo(4); // 3 - 0.6 < 2.5
    }

    @Test
    void biasAddsToALogit() {
        SamplingParameters parameters = new SamplingParameters(0, 1, 0, 0, 1, 1, 0, 0, Map.of(3, 100.0, 1, -100.0), 0);
        assertThat(new Sampler(parameters, NO_PROMPT).next(LOGITS)).isEqualTo(3);
    }

    @Test
    void wrongParametersAreRefusedWithTheirRule() {
        assertThatThrownBy(() -> SamplingParameters.sampled(2.1, 1, 0, 0))
                .hasMessage("temperature is 2.1; it must be 0 to 2");
        assertThatThrownBy(() -> SamplingParameters.sampled(1, 0, 0, 0)).hasMessageContaining("topP is 0.0");
        assertThatThrownBy(() -> SamplingParameters.sampled(1, Double.NaN, 0, 0))
                .hasMessageContaining("topP is NaN");
        assertThatThrownBy(() -> SamplingParameters.sampled(1, 1, -1, 0)).hasMessageContaining("topK");
    }

    @Test
    void logitsThatAreNoNumbersAreAnError() {
        float[] broken = {Float.NaN, Float.NaN};
        assertThatThrownBy(() -> new Sampler(SamplingParameters.greedy(), NO_PROMPT).next(broken))
                .isInstanceOf(NotFiniteException.class);
    }

    @Test
    void oneLogitThatIsNoNumberIsNotDrawnAround() {
        float[] broken = {1, Float.NaN, 3};
        for (double topP : new double[] {1, 0.9}) {
            Sampler sampler = new Sampler(SamplingParameters.sampled(1, topP, 0, 7), NO_PROMPT);
            assertThatThrownBy(() -> sampler.next(broken)).isInstanceOf(NotFiniteException.class);
            assertThatThrownBy(() -> Sampler.distribution(broken.clone(), SamplingParameters.sampled(1, topP, 0, 7)))
                    .isInstanceOf(NotFiniteException.class);
        }
        assertThatThrownBy(() -> new Sampler(SamplingParameters.greedy(), NO_PROMPT).next(broken))
                .isInstanceOf(NotFiniteException.class);
        assertThatThrownBy(() -> Logits.logSumExp(broken)).isInstanceOf(NotFiniteException.class);
    }

    private static Map<Integer, Integer> draw(SamplingParameters parameters, int times) {
        Sampler sampler = new Sampler(parameters, NO_PROMPT);
        Map<Integer, Integer> counts = new TreeMap<>();
        for (int i = 0; i < times; i++) {
            counts.merge(sampler.next(LOGITS), 1, Integer::sum);
        }
        return counts;
    }
}
