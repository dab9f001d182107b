package dev.paddock.llama.constraint.grammar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.constraint.ConstraintException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a grammar keeps, and how much it may do. */
class GrammarConstraintTest {
    private static final int STEPS = 12_000;

    @Test
    void fullTablesLetGoOfTheirStates() {
        Grammar grammar = new Grammar(Term.repeat(Term.literal("a"), 0, 100_000));
        List<State> walked = new ArrayList<>(List.of(grammar.start()));
        for (int i = 0; i < 3 * Grammar.MOST_STATES; i++) {
            walked.add(grammar.step(walked.get(i), 'a'));
        }
        long holding = walked.stream().filter(state -> state.next['a'] != null).count();
        assertThat(holding).isLessThanOrEqualTo(Grammar.MOST_STATES + 1);
        assertThat(grammar.start().next['a']).isNull();
        assertThat(grammar.step(grammar.start(), 'a').accepting()).isTrue();
    }

    @Test
    void aTextThatCanBeReadInTooManyWaysIsRefused() {
        assertThatThrownBy(() -> walk(ambiguous(), false))
                .isInstanceOf(ConstraintException.class)
                .hasMessageContaining("too many ways");
    }

    @Test
    void theWorkIsCountedAnewForEachToken() {
        assertThatCode(() -> walk(ambiguous(), true)).doesNotThrowAnyException();
    }

    private static Grammar ambiguous() {
        return new Grammar(Term.choice(IntStream.range(0, 250)
                .mapToObj(i -> Term.repeat(Term.literal("a"), 0, 2 * STEPS + i))
                .toList()));
    }

    private static void walk(Grammar grammar, boolean tokens) {
        State at = grammar.start();
        for (int i = 0; i < STEPS; i++) {
            if (tokens) {
                grammar.startToken();
            }
            at = grammar.step(at, 'a');
        }
    }
}
