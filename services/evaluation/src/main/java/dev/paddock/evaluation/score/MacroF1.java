package dev.paddock.evaluation.score;

import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The mean of all labels' F1 (scikit-learn's {@code f1_score(average="macro")}): of those that are right or said anywhere in the
 * sample. What is said and is no label is a miss of the right one and no label of its own.
 */
public final class MacroF1 implements ToDoubleFunction<int[]> {
    private final int[] right;
    private final int[] said;
    private final int labels;

    /**
     * Over items in one order.
     *
     * @param known labels that a model may say
     */
    public MacroF1(List<String> right, List<String> said, Set<String> known) {
        List<String> names =
                Stream.concat(known.stream(), right.stream()).distinct().toList();
        this.right = right.stream().mapToInt(names::indexOf).toArray();
        this.said = said.stream().mapToInt(names::indexOf).toArray();
        this.labels = names.size();
    }

    @Override
    public double applyAsDouble(int[] sample) {
        int[] hits = new int[labels];
        int[] both = new int[labels];
        for (int item : sample) {
            both[right[item]]++;
            if (said[item] >= 0) {
                both[said[item]]++;
                hits[right[item]] += right[item] == said[item] ? 1 : 0;
            }
        }
        return IntStream.range(0, labels)
                .filter(label -> both[label] > 0)
                .mapToDouble(label -> 2.0 * hits[label] / both[label])
                .average()
                .orElse(0);
    }
}
