package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.inference.StepInput.Scoring;
import dev.paddock.llama.inference.TokenScore;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import dev.paddock.llama.torch.TensorScope;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Reads logits and scores from the last layer's rows {@code [N, D]}. */
final class StepResults {
    private final DecoderTensors tensors;
    private final TensorScope scope;
    private final NDArray hidden;

    StepResults(DecoderTensors tensors, TensorScope scope, NDArray hidden) {
        this.tensors = tensors;
        this.scope = scope;
        this.hidden = hidden;
    }

    /** The last positions' logits by sequence, for those that asked: all of the step's rows in one product. */
    Map<Long, List<float[]>> logits(List<StepLayout.Segment> segments) {
        Map<Long, List<float[]>> logits = new HashMap<>();
        if (segments.isEmpty()) {
            return logits;
        }
        long[] rows =
                segments.stream().flatMapToLong(StepLayout.Segment::answers).toArray();
        float[] values = tensors.logits(scope, hidden, rows);
        int vocabulary = values.length / rows.length;
        int row = 0;
        for (StepLayout.Segment segment : segments) {
            List<float[]> own = new ArrayList<>();
            for (int i = 0; i < segment.input().answers(); i++) {
                own.add(Arrays.copyOfRange(values, row * vocabulary, (row + 1) * vocabulary));
                row++;
            }
            logits.put(segment.input().sequence(), own);
        }
        return logits;
    }

    /** The scores by sequence, for those that asked: all of the step's rows in one product. */
    Map<Long, List<TokenScore>> scores(List<StepLayout.Segment> segments) {
        Map<Long, List<TokenScore>> scores = new HashMap<>();
        long[] rows = segments.stream().flatMapToLong(StepResults::rows).toArray();
        if (rows.length == 0) {
            return scores;
        }
        long[] targets = segments.stream().flatMapToLong(StepResults::targets).toArray();
        int most = segments.stream()
                .mapToInt(segment -> segment.scored().alternatives())
                .max()
                .orElse(0);
        List<NDArray> results = tensors.scores(scope, hidden, rows, targets, most);
        float[] chosen = results.get(0).toFloatArray();
        long[] top = most == 0 ? new long[0] : results.get(1).toLongArray();
        float[] topValues = most == 0 ? new float[0] : results.get(2).toFloatArray();
        int at = 0;
        for (StepLayout.Segment segment : segments) {
            Scoring scoring = segment.scored();
            List<TokenScore> own = new ArrayList<>();
            for (int target : scoring.targets()) {
                own.add(new TokenScore(
                        target, chosen[at], alternatives(at * most, scoring.alternatives(), top, topValues)));
                at++;
            }
            scores.put(segment.input().sequence(), own);
        }
        return scores;
    }

    private static LongStream rows(StepLayout.Segment segment) {
        int first = segment.first() + segment.scored().firstRow();
        return LongStream.range(first, first + segment.scored().targets().length);
    }

    private static LongStream targets(StepLayout.Segment segment) {
        return Arrays.stream(segment.scored().targets()).asLongStream();
    }

    private static List<TokenLogProbability> alternatives(int first, int count, long[] top, float[] values) {
        return IntStream.range(first, first + count)
                .mapToObj(at -> new TokenLogProbability((int) top[at], values[at]))
                .toList();
    }
}
