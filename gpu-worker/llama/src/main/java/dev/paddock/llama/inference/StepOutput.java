package dev.paddock.llama.inference;

import java.util.List;

/**
 * What a model says after a {@link StepInput}.
 *
 * @param logits {@code [vocabulary]} of the last position; empty where not asked for
 * @param scores one for each target; empty where not asked for
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepOutput(float[] logits, List<TokenScore> scores) {
    public StepOutput {
        scores = List.copyOf(scores);
    }
}
