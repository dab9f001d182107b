package dev.paddock.llama.inference;

import java.util.List;

/**
 * What a model says after a {@link StepInput}.
 *
 * @param logits {@code [vocabulary]} of the last position; empty where not asked for
 * @param scores one for each target; empty where not asked for
 * @param routing where adapters are under gates and logits were asked for, the weights with which each of them acted on the last
 *     position, summed over all gates; empty elsewhere
 */
@SuppressWarnings("ArrayRecordComponent")
public record StepOutput(float[] logits, List<TokenScore> scores, float[] routing) {
    /** Without adapters under gates. */
    public StepOutput(float[] logits, List<TokenScore> scores) {
        this(logits, scores, new float[0]);
    }

    public StepOutput {
        scores = List.copyOf(scores);
    }
}
