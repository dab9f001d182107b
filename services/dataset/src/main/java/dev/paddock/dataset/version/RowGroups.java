package dev.paddock.dataset.version;

import dev.paddock.dataset.row.Origin;
import dev.paddock.dataset.row.Row;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Rows that must not be divided between train and test: those with the same normalised prompt, those with the same normalised
 * long answer and those made of the same section of a document, transitively (union-find). About 200 bytes a row.
 */
final class RowGroups {
    /** Shorter answers are labels, which many rows rightly share. */
    private static final int LONG_ANSWER = 64;

    private final Map<RowKey, Integer> firstWith = new HashMap<>();
    private int[] parents = new int[1024];
    private RowKey[] keys = new RowKey[1024];
    private int size;

    void add(Row row) {
        if (size == parents.length) {
            parents = Arrays.copyOf(parents, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
        }
        int index = size++;
        parents[index] = index;
        keys[index] = RowKey.of(row.id());
        join(index, RowKey.of("prompt", row.example().normalisedPrompt()));
        String answer = row.example().normalisedAnswer();
        if (answer.length() >= LONG_ANSWER) {
            join(index, RowKey.of("answer", answer));
        }
        Origin origin = row.origin();
        if (origin.document() != null) {
            join(index, RowKey.of("section", origin.document().toString(), Integer.toString(origin.row())));
        }
    }

    private void join(int index, RowKey shared) {
        Integer other = firstWith.putIfAbsent(shared, index);
        if (other != null) {
            int left = group(other);
            int right = group(index);
            boolean leftFirst = keys[left].compareTo(keys[right]) <= 0;
            parents[leftFirst ? right : left] = leftFirst ? left : right;
        }
    }

    /** The row that stands for the group of a row: the one with the smallest key, whatever the order of adding. */
    int group(int index) {
        int root = index;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }

    RowKey key(int index) {
        return keys[index];
    }

    int size() {
        return size;
    }
}
