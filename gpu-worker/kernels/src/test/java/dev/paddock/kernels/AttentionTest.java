package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AttentionTest {
    private static final int TOKENS = 203;

    @ParameterizedTest
    @CsvSource({
        "4,2,12,FLOAT32,1e-5",
        "6,2,4,FLOAT32,1e-5",
        "9,3,64,FLOAT32,1e-5",
        "2,2,80,FLOAT32,1e-5",
        "8,1,128,FLOAT32,1e-5",
        "4,2,12,BFLOAT16,2e-2",
        "9,3,64,BFLOAT16,2e-2",
        "2,2,80,BFLOAT16,2e-2",
        "4,2,12,INT8,6e-2",
        "9,3,64,INT8,6e-2",
        "2,2,80,INT8,6e-2"
    })
    void rowsSeeTheirOwnCacheUpToTheirPlace(int heads, int keyHeads, int size, CacheType type, double tolerance) {
        Random random = new Random(11);
        float[][] tokens = new float[TOKENS][];
        KeyValueCache whole = new KeyValueCache(type, keyHeads, size, TOKENS);
        for (int token = 0; token < TOKENS; token++) {
            tokens[token] = draw(random, 2 * keyHeads * size + 1);
            whole.reserve(token + 1);
            whole.put(token, tokens[token], 1, tokens[token], 1 + keyHeads * size);
        }
        KeyValueCache part = new KeyValueCache(type, keyHeads, size, TOKENS);
        part.begin(whole, 21);
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
                            .isCloseTo(expected[i], within(tolerance));
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"9,3,64,FLOAT32", "4,4,12,BFLOAT16", "8,1,128,BFLOAT16", "10,2,80,INT8"})
    void neighboursOnOneCacheGetWhatTheyWouldAlone(int heads, int keyHeads, int size, CacheType type) {
        Random random = new Random(5);
        int rows = 2 * AttentionGroup.ROWS + 3;
        KeyValueCache cache = new KeyValueCache(type, keyHeads, size, TOKENS);
        cache.reserve(TOKENS);
        for (int token = 0; token < TOKENS; token++) {
            float[] row = draw(random, 2 * keyHeads * size);
            cache.put(token, row, 0, row, keyHeads * size);
        }
        KeyValueCache other = new KeyValueCache(type, keyHeads, size, TOKENS);
        other.begin(cache, TOKENS);
        Rows queries = new Rows(draw(random, rows * heads * size), 0, heads * size);
        Rows together = Rows.allocate(rows, heads * size);
        Rows alone = Rows.allocate(rows, heads * size);
        int[] seen = new int[rows];
        KeyValueCache[] caches = new KeyValueCache[rows];
        for (int row = 0; row < rows; row++) {
            seen[row] = row == 4 ? 3 : TOKENS - rows + row + 1;
            caches[row] = row == 2 ? other : cache;
        }
        try (Team team = new Team(2)) {
            Attention attention = new Attention(team, heads, keyHeads, size);
            attention.attend(queries, rows, caches, seen, together);
            for (int row = 0; row < rows; row++) {
                attention.attend(
                        queries.from(row), 1, new KeyValueCache[] {cache}, new int[] {seen[row]}, alone.from(row));
            }
        }
        assertThat(together.values()).isEqualTo(alone.values());
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

    @ParameterizedTest
    @CsvSource({"FLOAT32,0", "BFLOAT16,0.00390625", "INT8,0.0039371"})
    void tokensComeBackAsTheyWerePut(CacheType type, double error) {
        KeyValueCache cache = new KeyValueCache(type, 2, 6, 70);
        float[] row = draw(new Random(1), 24);
        cache.reserve(70);
        cache.put(69, row, 0, row, 12);
        float[] keys = new float[13];
        float[] values = new float[12];
        cache.get(69, keys, 1, values, 0);
        for (int head = 0; head < 2; head++) {
            assertWithin(Arrays.copyOfRange(keys, 1 + head * 6, 7 + head * 6), row, head * 6, error);
            assertWithin(Arrays.copyOfRange(values, head * 6, 6 + head * 6), row, 12 + head * 6, error);
        }
        assertThatThrownBy(() -> cache.reserve(71)).hasMessageContaining("71 tokens in a cache for 70");
    }

    /** Errors are parts of a head's highest magnitude. */
    private static void assertWithin(float[] actual, float[] row, int at, double error) {
        double most = 0;
        for (int i = 0; i < actual.length; i++) {
            most = Math.max(most, Math.abs(row[at + i]));
        }
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).isCloseTo(row[at + i], within(error * most));
        }
    }

    @ParameterizedTest
    @EnumSource(CacheType.class)
    void sequencesThatBeginAlikeDoNotSeeWhatTheOtherWrites(CacheType type) {
        KeyValueCache first = new KeyValueCache(type, 1, 4, 200);
        first.reserve(150);
        for (int token = 0; token < 150; token++) {
            putAll(first, token, token);
        }
        KeyValueCache second = new KeyValueCache(type, 1, 4, 200);
        second.begin(first, 130);
        second.reserve(132);
        putAll(second, 130, -1);
        putAll(second, 5, -2);
        putAll(first, 129, -3);
        putAll(first, 100, -4);
        assertThat(new int[] {at(first, 130), at(first, 5), at(first, 129), at(first, 100)})
                .containsExactly(130, 5, -3, -4);
        assertThat(new int[] {at(second, 130), at(second, 5), at(second, 129), at(second, 100)})
                .containsExactly(-1, -2, 129, 100);
    }

    private static void putAll(KeyValueCache cache, int token, float number) {
        float[] row = {number, number, number, number};
        cache.put(token, row, 0, row, 0);
    }

    private static int at(KeyValueCache cache, int token) {
        float[] row = new float[8];
        cache.get(token, row, 0, row, 4);
        assertThat(row[1]).isEqualTo(row[6]);
        return Math.round(row[1]);
    }

    @ParameterizedTest
    @EnumSource(CacheType.class)
    void tokensGoFromCacheToCacheUnchanged(CacheType type) {
        KeyValueCache cache = new KeyValueCache(type, 1, 4, 16);
        KeyValueCache other = new KeyValueCache(type, 1, 4, 16);
        float[] row = draw(new Random(2), 8);
        float[] once = new float[8];
        float[] twice = new float[8];
        cache.reserve(1);
        cache.put(0, row, 0, row, 4);
        cache.get(0, once, 0, once, 4);
        other.reserve(1);
        other.put(0, once, 0, once, 4);
        other.get(0, twice, 0, twice, 4);
        for (int i = 0; i < 8; i++) {
            assertThat(twice[i]).isCloseTo(once[i], within(1e-6f * Math.abs(once[i])));
        }
    }

    private static float[] draw(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
