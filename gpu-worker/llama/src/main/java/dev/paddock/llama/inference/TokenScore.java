package dev.paddock.llama.inference;

import dev.paddock.llama.inference.sampling.TokenLogProbability;
import java.util.List;

/**
 * How likely a token was, and which were the likeliest in its place (natural logarithms, temperature 1).
 *
 * @param token the token that stands there
 * @param top the likeliest tokens, likeliest first
 */
public record TokenScore(int token, double logProbability, List<TokenLogProbability> top) {
    public TokenScore {
        top = List.copyOf(top);
    }
}
