package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.inference.StepInput.Scoring;
import dev.paddock.llama.inference.TokenScore;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Reads logits and scores from the last layer's rows {@code [N, D]}. */
final class StepResults {
    private final ScriptModule script;
    private final ScriptValue weights;
    private final TensorScope scope;
    private final NDArray hidden;

    StepResults(ScriptModule script, ScriptValue weights, TensorScope scope, NDArray hidden) {
        this.script = script;
        this.weights = weights;
        this.scope = scope;
        this.hidden = hidden;
    }

    /** The last position's logits by sequence, for those that asked. */
    Map<Long, float[]> logits(List<StepLayout.Segment> segments) {
        Map<Long, float[]> logits = new HashMap<>();
        if (segments.isEmpty()) {
            return logits;
        }
        long[] rows = segments.stream().mapToLong(segment -> segment.last() - 1).toArray();
        NDArray answers = script.tensor(scope, "logits", hidden, Tensors.longs(scope, rows, rows.length), weights);
        float[] values = answers.toFloatArray();
        int vocabulary = values.length / rows.length;
        for (int i = 0; i < rows.length; i++) {
            logits.put(
                    segments.get(i).input().sequence(),
                    Arrays.copyOfRange(values, i * vocabulary, (i + 1) * vocabulary));
        }
        return logits;
    }

    List<TokenScore> scores(int firstRow, Scoring scoring) {
        int[] targets = scoring.targets();
        NDArray ids = Tensors.longs(scope, Arrays.stream(targets).asLongStream().toArray(), targets.length);
        List<NDArray> results = script.tensors(
                scope, "scores", hidden, firstRow + scoring.firstRow(), ids, scoring.alternatives(), weights);
        float[] chosen = results.get(0).toFloatArray();
        long[] top = scoring.alternatives() == 0 ? new long[0] : results.get(1).toLongArray();
        float[] topValues =
                scoring.alternatives() == 0 ? new float[0] : results.get(2).toFloatArray();
        List<TokenScore> scores = new ArrayList<>();
        for (int i = 0; i < targets.length; i++) {
            scores.add(new TokenScore(targets[i], chosen[i], alternatives(i, scoring.alternatives(), top, topValues)));
        }
        return scores;
    }

    private static List<TokenLogProbability> alternatives(int row, int count, long[] top, float[] values) {
        return IntStream.range(row * count, (row + 1) * count)
                .mapToObj(at -> new TokenLogProbability((int) top[at], values[at]))
                .toList();
    }
}
