package dev.paddock.llama.inference.draft;

import dev.paddock.llama.inference.sampling.SamplingParameters;
import java.util.Arrays;

/**
 * A sequence whose next tokens are to be guessed.
 *
 * @param sequence the caller's name for it
 * @param tokens prompt and answer in the first {@code length} places; not to be changed
 * @param length tokens that count, 1 or more
 * @param capacity most tokens that it will ever have
 * @param most tokens to guess at most, 1 or more
 * @param sampling how its tokens are chosen
 */
@SuppressWarnings("ArrayRecordComponent")
public record DraftTask(long sequence, int[] tokens, int length, int capacity, int most, SamplingParameters sampling) {
    /** The tokens that count from a place on. */
    public int[] from(int first) {
        return Arrays.copyOfRange(tokens, first, length);
    }
}
