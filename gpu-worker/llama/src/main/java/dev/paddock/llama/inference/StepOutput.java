package dev.paddock.llama.inference;

import java.util.List;

/**
 * What a model says after a {@link StepInput}.
 *
 * @param answers logits {@code [vocabulary]} of the positions asked for, in their order
 * @param scores one for each target; empty where not asked for
 * @param routing where adapters are under gates, for each answer the weights with which each of them acted on its position, summed
 *     over all gates; empty elsewhere
 */
public record StepOutput(List<float[]> answers, List<TokenScore> scores, List<float[]> routing) {
    /** Without adapters under gates. */
    public StepOutput(List<float[]> answers, List<TokenScore> scores) {
        this(answers, scores, List.of());
    }

    public StepOutput {
        answers = List.copyOf(answers);
        scores = List.copyOf(scores);
        routing = List.copyOf(routing);
    }

    /** Logits {@code [vocabulary]} of the last position; empty where not asked for. */
    public float[] logits() {
        return answers.isEmpty() ? new float[0] : answers.get(answers.size() - 1);
    }
}
