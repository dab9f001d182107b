package dev.paddock.llama.inference.beam;

import java.util.ArrayList;
import java.util.List;

/**
 * One way to answer, as far as it has come.
 *
 * @param said tokens behind the prompt
 * @param logProbability the sum of theirs
 */
public record Beam(List<BeamToken> said, double logProbability) {
    /** Before the first token. */
    public static final Beam EMPTY = new Beam(List.of(), 0);

    public Beam {
        said = List.copyOf(said);
    }

    Beam then(BeamToken next) {
        List<BeamToken> longer = new ArrayList<>(said);
        longer.add(next);
        return new Beam(longer, logProbability + next.logProbability());
    }

    /** Ids of the tokens behind the prompt. */
    public int[] tokens() {
        return said.stream().mapToInt(BeamToken::token).toArray();
    }
}
