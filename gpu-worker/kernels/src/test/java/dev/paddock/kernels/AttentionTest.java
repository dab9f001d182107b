package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {
    private static final int TOKENS = 203;

    @ParameterizedTest
    @CsvSource({"4,2,12", "6,2,4", "9,3,64", "2,2,80", "8,1,128"})
    void rowsSeeTheirOwnCacheUpToTheirPlace(int heads, int keyHeads, int size) {
        Random random = new Random(11);
        float[][] tokens = new float[TOKENS][];
        KeyValueCache whole = new KeyValueCache(keyHeads, size, TOKENS);
        for (int token = 0; token < TOKENS; token++) {
            tokens[token] = draw(random, 2 * keyHeads * size + 1);
            whole.reserve(token + 1);
            whole.put(token, tokens[token], 1, tokens[token], 1 + keyHeads * size);
        }
        KeyValueCache part = new KeyValueCache(keyHeads, size, TOKENS);
        part.copy(whole, 21);
        int[] seen = {1, 17, TOKENS, 21};
        KeyValueCache[] caches = {whole, whole, whole, part};
        Rows queries = new Rows(draw(random, 4 * (heads * size + 2)), 2, heads * size + 2);
        Rows out = Rows.allocate(4, heads * size + 1);
        try (Team team = new Team(2)) {
            new Attention(team, heads, keyHeads, size).attend(queries, 4, caches, seen, out);
        }
        for (int row = 0; row < 4; row++) {
            for (int head = 0; head < heads; head++) {
                int shared = head / (heads / keyHeads);
                double[] expected =
                        plain(queries, row, head * size, tokens, 1 + shared * size, keyHeads, size, seen[row]);
                for (int i = 0; i < size; i++) {
                    assertThat((double) out.values()[out.at(row) + head * size + i])
                            .isCloseTo(expected[i], within(1e-5));
                }
            }
        }
    }

    private static double[] plain(
            Rows queries, int row, int at, float[][] tokens, int key, int keyHeads, int size, int seen) {
        double[] result = new double[size];
        double sum = 0;
        for (int token = 0; token < seen; token++) {
            double score = 0;
            for (int i = 0; i < size; i++) {
                score += (double) queries.values()[queries.at(row) + at + i] * tokens[token][key + i];
            }
            double weight = Math.exp(score / Math.sqrt(size));
            sum += weight;
            for (int i = 0; i < size; i++) {
                result[i] += weight * tokens[token][key + keyHeads * size + i];
            }
        }
        for (int i = 0; i < size; i++) {
            result[i] /= sum;
        }
        return result;
    }

    @Test
    void tokensComeBackAsTheyWerePut() {
        KeyValueCache cache = new KeyValueCache(2, 6, 70);
        float[] row = draw(new Random(1), 24);
        cache.reserve(70);
        cache.put(69, row, 0, row, 12);
        float[] keys = new float[13];
        float[] values = new float[12];
        cache.get(69, keys, 1, values, 0);
        for (int i = 0; i < 12; i++) {
            assertThat(keys[i + 1]).isEqualTo(row[i]);
            assertThat(values[i]).isEqualTo(row[12 + i]);
        }
        assertThatThrownBy(() -> cache.reserve(71)).hasMessageContaining("71 tokens in a cache for 70");
    }

    private static float[] draw(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
