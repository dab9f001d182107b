package dev.paddock.evaluation.score;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Micro-averaged F1 of spans (conlleval, Tjong Kim Sang and Buchholz 2000; seqeval): a span counts where both borders and the label
 * are right; 0 where there is no span at all.
 */
public final class SpanF1 implements ToDoubleFunction<int[]> {
    private final int[] hits;
    private final int[] all;

    /** Over items in one order. */
    public SpanF1(List<SpanSet> right, List<SpanSet> said) {
        hits = new int[right.size()];
        all = new int[right.size()];
        for (int i = 0; i < hits.length; i++) {
            hits[i] = right.get(i).common(said.get(i));
            all[i] = right.get(i).spans().size() + said.get(i).spans().size();
        }
    }

    @Override
    public double applyAsDouble(int[] sample) {
        long common = 0;
        long together = 0;
        for (int item : sample) {
            common += hits[item];
            together += all[item];
        }
        return together == 0 ? 0 : 2.0 * common / together;
    }
}
