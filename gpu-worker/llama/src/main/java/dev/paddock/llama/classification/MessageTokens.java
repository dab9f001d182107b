package dev.paddock.llama.classification;

import java.util.List;

/**
 * A rendered conversation and where its last user message stands in it.
 *
 * @param ids all tokens
 * @param places the message's tokens in their order; no two overlap, and those of white space alone are left out
 */
@SuppressWarnings("ArrayRecordComponent")
public record MessageTokens(int[] ids, List<Place> places) {
    public MessageTokens {
        places = List.copyOf(places);
    }

    /**
     * What a token has of the message, without white space around it. Of tokens that share a character, the first has it, and
     * those that have nothing else have no place.
     *
     * @param token index into the ids
     * @param start first character of the message, in Unicode code points
     * @param end behind the last character
     */
    public record Place(int token, int start, int end) {}
}
