package dev.paddock.llama.inference.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.Fixtures;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class PromptLookupTest {
    @Test
    void theLongestMatchGoesOnAsItDidBefore() {
        PromptLookup lookup = new PromptLookup(3, 1);
        assertThat(guess(lookup, 3, 1, 2, 3, 4, 9, 2, 3, 7, 1, 2, 3)).containsExactly(4, 9, 2);
        assertThat(guess(lookup, 2, 5, 3, 4, 2, 3, 7, 8, 2, 3)).containsExactly(7, 8);
        assertThat(guess(lookup, 4, 6, 6)).as("it may run into itself").containsExactly(6);
        assertThat(guess(lookup, 4, 1, 2, 3)).isEmpty();
        assertThat(guess(lookup, 4, 1)).isEmpty();
    }

    @Test
    void matchesThatAreTooShortDoNotCount() {
        assertThat(guess(new PromptLookup(3, 2), 4, 1, 7, 2, 7)).isEmpty();
        assertThat(guess(new PromptLookup(3, 1), 4, 1, 7, 2, 7)).containsExactly(2, 7);
        assertThatThrownBy(() -> new PromptLookup(2, 3)).hasMessageContaining("not above the longest");
        assertThatThrownBy(() -> new PromptLookup(2, 0)).hasMessageContaining("1 or more");
    }

    @Test
    void placesBehindTheSequenceAreNotRead() {
        int[] tokens = {1, 2, 3, 1, 2, 3, 1};
        DraftTask task = new DraftTask(1, tokens, 5, 99, 9, SamplingParameters.greedy());
        assertThat(new PromptLookup(3, 1).draft(List.of(task)).get(0).tokens()).containsExactly(3, 1, 2);
    }

    /** The candidates of transformers' PromptLookupCandidateGenerator (benchmarks/reference/prompt_lookup_reference.py). */
    @Test
    void theGuessesAreThoseOfTransformers() {
        int found = 0;
        for (JsonNode row : Fixtures.json("inference/prompt-lookup.json")) {
            PromptLookup lookup = new PromptLookup(row.get("longest").asInt(), 1);
            int[] guess = guess(lookup, row.get("most").asInt(), Fixtures.ints(row.get("tokens")));
            assertThat(guess).as("%s", row).containsExactly(Fixtures.ints(row.get("guess")));
            found += guess.length > 0 ? 1 : 0;
        }
        assertThat(found).isGreaterThan(100);
    }

    @Test
    void nothingIsGuessedBehindAnEnd() {
        Draft draft = Draft.picked(4, 5, 0, 6);
        assertThat(draft.cut(9, Set.of(0)).tokens()).containsExactly(4, 5, 0);
        assertThat(draft.cut(2, Set.of(0)).tokens()).containsExactly(4, 5);
        assertThat(draft.cut(9, Set.of())).isSameAs(draft);
    }

    private static int[] guess(PromptLookup lookup, int most, int... tokens) {
        int[] roomy = Arrays.copyOf(tokens, tokens.length + 5);
        DraftTask task = new DraftTask(1, roomy, tokens.length, 99, most, SamplingParameters.greedy());
        return lookup.draft(List.of(task)).get(0).tokens();
    }
}
