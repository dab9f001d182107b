package dev.paddock.llama.inference.beam;

import dev.paddock.llama.inference.sampling.TokenLogProbability;
import java.util.List;

/**
 * A token of a beam.
 *
 * @param logProbability natural logarithm, after the tokens before it
 * @param top the likeliest tokens in its place, likeliest first, as many as were asked for
 * @param routing weights with which adapters under gates acted on it; empty elsewhere
 */
@SuppressWarnings("ArrayRecordComponent")
public record BeamToken(int token, double logProbability, List<TokenLogProbability> top, float[] routing) {
    public BeamToken {
        top = List.copyOf(top);
    }
}
