package dev.paddock.llama.inference;

import java.util.List;

/**
 * What a model says after a {@link StepInput}.
 *
 * @param answers logits {@code [vocabulary]} of the positions asked for, in their order
 * @param scores one for each target; empty where not asked for
 */
public record StepOutput(List<float[]> answers, List<TokenScore> scores) {
    public StepOutput {
        answers = List.copyOf(answers);
        scores = List.copyOf(scores);
    }

    /** Logits {@code [vocabulary]} of the last position; empty where not asked for. */
    public float[] logits() {
        return answers.isEmpty() ? new float[0] : answers.get(answers.size() - 1);
    }
}
