package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Exponentials;
import dev.paddock.kernels.Rows;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepInput.Scoring;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.TokenScore;
import dev.paddock.llama.inference.sampling.Logits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Logits and scores of the rows of a step that were asked for. */
final class Answers {
    private final OutputProduct output;
    private final List<StepInput> batch;
    private final List<List<float[]>> logits = new ArrayList<>();
    private final List<List<float[]>> routes = new ArrayList<>();
    private final List<List<TokenScore>> scores = new ArrayList<>();

    Answers(OutputProduct output, List<StepInput> batch) {
        this.output = output;
        this.batch = batch;
        batch.forEach(input -> {
            logits.add(new ArrayList<>());
            routes.add(new ArrayList<>());
            scores.add(new ArrayList<>());
        });
    }

    /**
     * Takes what is asked of a slice from its last layer's rows {@code [N, D]}.
     *
     * @param acted for each row the weights of adapters under gates
     */
    void take(Slice slice, Rows hidden, List<float[]> acted) {
        List<Integer> asked = IntStream.range(0, slice.size())
                .filter(i -> isAsked(slice.rows().get(i)))
                .boxed()
                .toList();
        asked.stream()
                .filter(i -> wantsLogits(slice.rows().get(i)))
                .filter(i -> acted.get(i).length > 0)
                .forEach(i -> routes.get(slice.rows().get(i).input()).add(acted.get(i)));
        if (!asked.isEmpty()) {
            Rows answers = output.multiply(hidden, asked);
            for (int i = 0; i < asked.size(); i++) {
                take(slice.rows().get(asked.get(i)), answers.values(), answers.at(i));
            }
        }
    }

    private boolean isAsked(Slice.Row row) {
        return wantsLogits(row) || scored(row) != null;
    }

    private boolean wantsLogits(Slice.Row row) {
        return row.offset() >= batch.get(row.input()).firstAnswer();
    }

    private @Nullable Scoring scored(Slice.Row row) {
        Scoring scoring = batch.get(row.input()).scoring();
        boolean covered = scoring != null
                && row.offset() >= scoring.firstRow()
                && row.offset() < scoring.firstRow() + scoring.targets().length;
        return covered ? scoring : null;
    }

    private void take(Slice.Row row, float[] values, int at) {
        if (wantsLogits(row)) {
            logits.get(row.input()).add(Arrays.copyOfRange(values, at, at + output.vocabulary()));
        }
        Scoring scoring = scored(row);
        if (scoring != null) {
            int target = scoring.targets()[row.offset() - scoring.firstRow()];
            double sum = Exponentials.logSum(values, at, output.vocabulary());
            float[] own = scoring.alternatives() == 0
                    ? new float[0]
                    : Arrays.copyOfRange(values, at, at + output.vocabulary());
            scores.get(row.input())
                    .add(new TokenScore(
                            target, values[at + target] - sum, Logits.top(own, scoring.alternatives(), sum)));
        }
    }

    List<StepOutput> outputs() {
        return IntStream.range(0, batch.size())
                .mapToObj(i -> new StepOutput(logits.get(i), scores.get(i), routes.get(i)))
                .toList();
    }
}
