package dev.paddock.llama.inference.beam;

import dev.paddock.llama.inference.sampling.Logits;
import dev.paddock.llama.inference.sampling.NotFiniteException;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import java.util.List;

/**
 * What may follow a beam.
 *
 * @param likeliest tokens that may go on, likeliest first
 * @param top the likeliest tokens to be told beside the one chosen
 * @param routing weights with which adapters under gates acted here; empty elsewhere
 */
@SuppressWarnings("ArrayRecordComponent")
public record BeamRow(List<TokenLogProbability> likeliest, List<TokenLogProbability> top, float[] routing) {
    public BeamRow {
        likeliest = List.copyOf(likeliest);
        top = List.copyOf(top);
    }

    /**
     * Reads a row of logits.
     *
     * @param logits {@code [vocabulary]}; minus infinity for what is never said
     * @param candidates most tokens that may go on, 1 or more
     * @param told tokens to be told, 0 or more
     * @throws NotFiniteException where a logit is no number, or all are infinite
     */
    public static BeamRow of(float[] logits, int candidates, int told, float[] routing) {
        float highest = logits[Logits.argMax(logits)];
        if (!Float.isFinite(highest)) {
            throw new NotFiniteException(highest);
        }
        List<TokenLogProbability> top =
                Logits.top(logits, Math.max(candidates, told), Logits.logSumExp(logits)).stream()
                        .filter(token -> token.logProbability() > Double.NEGATIVE_INFINITY)
                        .toList();
        return new BeamRow(first(top, candidates), first(top, told), routing);
    }

    private static List<TokenLogProbability> first(List<TokenLogProbability> tokens, int count) {
        return tokens.subList(0, Math.min(count, tokens.size()));
    }
}
