package dev.paddock.kernels;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The query heads that share a head's cached keys and values, of several rows, for all of which these are unpacked once. */
final class AttentionGroup {
    /** Most rows. */
    static final int ROWS = 8;

    private static final int L = Lanes.COUNT;
    private static final int QUAD = 4;
    private static final float UNSEEN = -1e30f;

    private final int heads;
    private final int headSize;
    private final int valueSize;
    private final float scale;
    /** By fours, {@code [members / 4, headSize, 4]}; a member is a head of a row. */
    private final float[] queries;
    /** {@code [members, valueSize]} */
    private final float[] results;

    private final float[] factors;
    /** How many tokens each member sees; one that there is not sees all. */
    private final int[] seen;

    private final CacheTile tile;
    /** {@code [members, stride]} */
    private float[] scores = new float[0];

    private int stride;

    AttentionGroup(int heads, int headSize) {
        this.heads = heads;
        this.headSize = headSize;
        valueSize = CacheChunk.valueSize(headSize);
        scale = (float) (1 / Math.sqrt(headSize));
        int members = Lanes.roundUp(ROWS * heads, QUAD);
        queries = new float[members * headSize];
        results = new float[members * valueSize];
        factors = new float[members];
        seen = new int[members];
        tile = new CacheTile(L * valueSize);
    }

    /**
     * Attends with neighbouring heads of neighbouring rows.
     *
     * @param from holds the queries of the first of the heads, and after them those of the others
     * @param first the first row
     * @param rows how many, up to {@link #ROWS}
     * @param head whose keys and values they share
     * @param tokens how many of the cache's first tokens each row sees
     */
    void attend(Rows from, Rows to, int first, int rows, KeyValueCache cache, int head, int[] tokens) {
        int members = rows * heads;
        int most = 0;
        Arrays.fill(seen, Integer.MAX_VALUE);
        for (int row = 0; row < rows; row++) {
            most = Math.max(most, tokens[first + row]);
            Arrays.fill(seen, row * heads, (row + 1) * heads, tokens[first + row]);
            load(from.values(), from.at(first + row), row * heads);
        }
        score(cache, head, most, members);
        weigh(members);
        average(cache, head, most, members);
        for (int row = 0; row < rows; row++) {
            store(to.values(), to.at(first + row), row * heads);
        }
    }

    private void load(float[] from, int at, int first) {
        for (int member = first; member < first + heads; member++) {
            int to = query(member);
            for (int i = 0; i < headSize; i++) {
                queries[to + i * QUAD] = from[at + (member - first) * headSize + i] * scale;
            }
        }
    }

    private int query(int member) {
        return member / QUAD * QUAD * headSize + member % QUAD;
    }

    private void store(float[] to, int at, int first) {
        for (int member = first; member < first + heads; member++) {
            for (int i = 0; i < headSize; i++) {
                to[at + (member - first) * headSize + i] = results[member * valueSize + i] * factors[member];
            }
        }
    }

    /** How many of the members go by fours: three go with one that there is not. */
    private static int byFours(int members) {
        return (members + 1) / QUAD * QUAD;
    }

    private void score(KeyValueCache cache, int head, int tokens, int members) {
        int padded = Lanes.roundUp(tokens, 2 * L);
        int room = Lanes.roundUp(members, QUAD);
        if (stride < padded || scores.length < room * stride) {
            stride = Math.max(stride, padded + padded / 2);
            scores = new float[room * stride];
        }
        for (int at = 0; at < tokens; at += L) {
            cache.keys(at / L, head, tile);
            for (int member = 0; member < byFours(members); member += QUAD) {
                four(
                        tile.numbers(),
                        tile.first(),
                        queries,
                        query(member),
                        headSize / 2,
                        scores,
                        member * stride + at,
                        stride);
            }
            for (int member = byFours(members); member < members; member++) {
                one(tile.numbers(), tile.first(), queries, query(member), headSize / 2, scores, member * stride + at);
            }
        }
    }

    /**
     * Scores of four queries and a block's tokens. The size of a head is even: sums of even and of odd places go side by side, in the
     * order of {@link #one}. Counting pairs of places and nothing else lets C2 check all bounds before the loop.
     */
    private static void four(
            float[] keys, int from, float[] queries, int at, int pairs, float[] into, int to, int stride) {
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        FloatVector c = a;
        FloatVector d = a;
        FloatVector e = a;
        FloatVector f = a;
        FloatVector g = a;
        FloatVector h = a;
        for (int i = 0; i < pairs; i++) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOATS, keys, from + i * 2 * L);
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, keys, from + i * 2 * L + L);
            int query = at + i * 2 * QUAD;
            a = u.fma(FloatVector.broadcast(Lanes.FLOATS, queries[query]), a);
            b = u.fma(FloatVector.broadcast(Lanes.FLOATS, queries[query + 1]), b);
            c = u.fma(FloatVector.broadcast(Lanes.FLOATS, queries[query + 2]), c);
            d = u.fma(FloatVector.broadcast(Lanes.FLOATS, queries[query + 3]), d);
            e = v.fma(FloatVector.broadcast(Lanes.FLOATS, queries[query + 4]), e);
            f = v.fma(FloatVector.broadcast(Lanes.FLOATS, queries[query + 5]), f);
            g = v.fma(FloatVector.broadcast(Lanes.FLOATS, queries[query + 6]), g);
            h = v.fma(FloatVector.broadcast(Lanes.FLOATS, queries[query + 7]), h);
        }
        a.add(e).intoArray(into, to);
        b.add(f).intoArray(into, to + stride);
        c.add(g).intoArray(into, to + 2 * stride);
        d.add(h).intoArray(into, to + 3 * stride);
    }

    private static void one(float[] keys, int from, float[] queries, int at, int pairs, float[] into, int to) {
        FloatVector a = FloatVector.zero(Lanes.FLOATS);
        FloatVector b = a;
        for (int i = 0; i < pairs; i++) {
            int query = at + i * 2 * QUAD;
            a = FloatVector.fromArray(Lanes.FLOATS, keys, from + i * 2 * L)
                    .fma(FloatVector.broadcast(Lanes.FLOATS, queries[query]), a);
            b = FloatVector.fromArray(Lanes.FLOATS, keys, from + i * 2 * L + L)
                    .fma(FloatVector.broadcast(Lanes.FLOATS, queries[query + QUAD]), b);
        }
        a.add(b).intoArray(into, to);
    }

    /** Turns scores into weights, whose sum remains to be divided by. */
    private void weigh(int members) {
        for (int member = 0; member < members; member++) {
            int at = member * stride;
            int padded = Lanes.roundUp(seen[member], 2 * L);
            Arrays.fill(scores, at + seen[member], at + padded, UNSEEN);
            factors[member] = 1 / Exponentials.softmax(scores, at, padded);
        }
    }

    private void average(KeyValueCache cache, int head, int tokens, int members) {
        Arrays.fill(results, 0, Lanes.roundUp(members, QUAD) * valueSize, 0);
        for (int token = 0; token < tokens; token += L) {
            cache.values(token / L, head, tile);
            for (int member = 0; member < byFours(members); member += QUAD) {
                int common = Math.max(0, Math.min(common(member) - token, L));
                addFour(member, token, common);
                for (int each = member; each < Math.min(member + QUAD, members); each++) {
                    addOne(each, token, common);
                }
            }
            for (int member = byFours(members); member < members; member++) {
                addOne(member, token, 0);
            }
        }
    }

    /** Tokens that all four from {@code member} on see. */
    private int common(int member) {
        return Math.min(Math.min(seen[member], seen[member + 1]), Math.min(seen[member + 2], seen[member + 3]));
    }

    /** Adds the first tokens' weighted values of a block for four members. */
    private void addFour(int member, int token, int count) {
        for (int i = 0; i < valueSize && count > 0; i += 2 * L) {
            addFour(
                    tile.numbers(),
                    tile.first() + i,
                    valueSize,
                    scores,
                    member * stride + token,
                    stride,
                    count,
                    results,
                    member * valueSize + i);
        }
    }

    /** Adds what a member sees of a block's tokens from the one at place {@code first} on. */
    private void addOne(int member, int token, int first) {
        int count = Math.min(L, seen[member] - token);
        for (int i = 0; i < valueSize && count > first; i += 2 * L) {
            addOne(
                    tile.numbers(),
                    tile.first() + first * valueSize + i,
                    valueSize,
                    scores,
                    member * stride + token + first,
                    count - first,
                    results,
                    member * valueSize + i);
        }
    }

    private static void addFour(
            float[] values,
            int from,
            int size,
            float[] weights,
            int first,
            int stride,
            int count,
            float[] into,
            int to) {
        FloatVector a = FloatVector.fromArray(Lanes.FLOATS, into, to);
        FloatVector b = FloatVector.fromArray(Lanes.FLOATS, into, to + L);
        FloatVector c = FloatVector.fromArray(Lanes.FLOATS, into, to + size);
        FloatVector d = FloatVector.fromArray(Lanes.FLOATS, into, to + size + L);
        FloatVector e = FloatVector.fromArray(Lanes.FLOATS, into, to + 2 * size);
        FloatVector f = FloatVector.fromArray(Lanes.FLOATS, into, to + 2 * size + L);
        FloatVector g = FloatVector.fromArray(Lanes.FLOATS, into, to + 3 * size);
        FloatVector h = FloatVector.fromArray(Lanes.FLOATS, into, to + 3 * size + L);
        for (int i = 0; i < count; i++) {
            FloatVector u = FloatVector.fromArray(Lanes.FLOATS, values, from + i * size);
            FloatVector v = FloatVector.fromArray(Lanes.FLOATS, values, from + i * size + L);
            FloatVector w = FloatVector.broadcast(Lanes.FLOATS, weights[first + i]);
            a = u.fma(w, a);
            b = v.fma(w, b);
            w = FloatVector.broadcast(Lanes.FLOATS, weights[first + stride + i]);
            c = u.fma(w, c);
            d = v.fma(w, d);
            w = FloatVector.broadcast(Lanes.FLOATS, weights[first + 2 * stride + i]);
            e = u.fma(w, e);
            f = v.fma(w, f);
            w = FloatVector.broadcast(Lanes.FLOATS, weights[first + 3 * stride + i]);
            g = u.fma(w, g);
            h = v.fma(w, h);
        }
        a.intoArray(into, to);
        b.intoArray(into, to + L);
        c.intoArray(into, to + size);
        d.intoArray(into, to + size + L);
        e.intoArray(into, to + 2 * size);
        f.intoArray(into, to + 2 * size + L);
        g.intoArray(into, to + 3 * size);
        h.intoArray(into, to + 3 * size + L);
    }

    private static void addOne(
            float[] values, int from, int size, float[] weights, int first, int count, float[] into, int to) {
        FloatVector a = FloatVector.fromArray(Lanes.FLOATS, into, to);
        FloatVector b = FloatVector.fromArray(Lanes.FLOATS, into, to + L);
        for (int i = 0; i < count; i++) {
            FloatVector w = FloatVector.broadcast(Lanes.FLOATS, weights[first + i]);
            a = FloatVector.fromArray(Lanes.FLOATS, values, from + i * size).fma(w, a);
            b = FloatVector.fromArray(Lanes.FLOATS, values, from + i * size + L).fma(w, b);
        }
        a.intoArray(into, to);
        b.intoArray(into, to + L);
    }
}
