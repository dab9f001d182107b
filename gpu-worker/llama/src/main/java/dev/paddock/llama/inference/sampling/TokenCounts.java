package dev.paddock.llama.inference.sampling;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which tokens a text has used, as the penalties need it. */
final class TokenCounts {
    private final Set<Integer> seen = new HashSet<>();
    private final Map<Integer, Integer> answered = new HashMap<>();

    TokenCounts(int[] prompt) {
        for (int token : prompt) {
            seen.add(token);
        }
    }

    void add(int token) {
        seen.add(token);
        answered.merge(token, 1, Integer::sum);
    }

    /** Changes the logits as the penalties say. */
    void penalize(float[] logits, SamplingParameters parameters) {
        if (parameters.repetitionPenalty() != 1) {
            seen.forEach(token -> logits[token] = repeated(logits[token], (float) parameters.repetitionPenalty()));
        }
        answered.forEach((token, count) ->
                logits[token] -= (float) (parameters.presencePenalty() + count * parameters.frequencyPenalty()));
    }

    private static float repeated(float logit, float penalty) {
        return logit < 0 ? logit * penalty : logit / penalty;
    }
}
