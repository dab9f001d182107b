package dev.paddock.llama.inference.beam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.inference.sampling.NotFiniteException;
import dev.paddock.llama.inference.sampling.TokenLogProbability;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Searches in a language of few tokens, where token 0 ends an answer and what follows a beam is drawn from its tokens. */
final class BeamSearchTest {
    private static final int VOCABULARY = 4;
    private static final int NEW_TOKENS = 4;
    /** As many as there are answers, so that nothing is ever left out. */
    private static final int ALL = 256;

    private final Map<List<Integer>, float[]> drawn = new HashMap<>();
    private final Random random = new Random(3);

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, 2.5, -1})
    void asManyBeamsAsThereAreAnswersFindTheBest(double penalty) {
        List<FoundBeam> found = search(new BeamSettings(ALL, 20, penalty, EarlyStopping.SURE));
        List<FoundBeam> best = new ArrayList<>();
        enumerate(Beam.EMPTY, penalty, best);
        best.sort(Comparator.comparingDouble(FoundBeam::score).reversed());
        assertThat(found).hasSize(20);
        for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i).score()).isCloseTo(best.get(i).score(), within(1e-12));
            assertThat(found.get(i).beam().tokens())
                    .containsExactly(best.get(i).beam().tokens());
        }
    }

    @Test
    void oneBeamIsTheGreedyAnswer() {
        BeamSettings one = new BeamSettings(1, 1, 1, EarlyStopping.FULL);
        for (int round = 0; round < 50; round++) {
            drawn.clear();
            Beam greedy = Beam.EMPTY;
            while (greedy.said().size() < NEW_TOKENS && !ends(greedy)) {
                greedy = greedy.then(token(row(greedy).likeliest().get(0)));
            }
            assertThat(search(one).get(0).beam().tokens()).containsExactly(greedy.tokens());
        }
    }

    @Test
    void anAnswerThatEndsBehindTheFirstBeamsIsNotFound() {
        BeamSearch search = new BeamSearch(new BeamSettings(2, 1, 1, EarlyStopping.FULL), 9, 1, BeamSearchTest::ends);
        assertThat(search.candidates()).isEqualTo(4);
        assertThat(search.advance(List.of(tokens(1, -1, 2, -2, 0, -3, 3, -4)))).containsExactly(0, 0);
        assertThat(search.done()).isFalse();
        assertThat(search.answers()).isEmpty();
        assertThat(search.advance(List.of(tokens(0, -1, 1, -1.5), tokens(2, -1, 3, -5))))
                .containsExactly(0, 1);
        assertThat(search.answers()).hasSize(1);
        assertThat(search.answers().get(0).beam().tokens()).containsExactly(1, 0);
        assertThat(search.answers().get(0).score()).isEqualTo(-1.0);
        assertThat(search.done()).as("one answer of two").isFalse();
        assertThat(search.beams()).extracting(Beam::logProbability).containsExactly(-2.5, -3.0);
        assertThat(search.advance(List.of(tokens(0, -1, 1, -2), tokens(2, -9, 3, -9))))
                .containsExactly(0, 1);
        assertThat(search.done()).as("two of two").isTrue();
    }

    @Test
    void itGoesOnAsLongAsItsStoppingSays() {
        assertThat(stepsUntilDone(EarlyStopping.FULL)).isEqualTo(2);
        assertThat(stepsUntilDone(EarlyStopping.LIKELY)).isEqualTo(3);
        assertThat(stepsUntilDone(EarlyStopping.SURE)).isEqualTo(5);
    }

    /** Found are -2 of one token, -2.2 of two and -3 of three; the likeliest beam has -1, -2.3, -3.5, -8.5 and -11.5. */
    private static int stepsUntilDone(EarlyStopping stopping) {
        BeamSearch search = new BeamSearch(new BeamSettings(2, 1, 1, stopping), 10, 1, BeamSearchTest::ends);
        List<List<BeamRow>> steps = List.of(
                List.of(tokens(1, -1, 0, -2, 2, -2.5, 3, -9)),
                List.of(tokens(0, -1.2, 1, -1.3), tokens(1, -4, 2, -5)),
                List.of(tokens(0, -0.7, 1, -1.2), tokens(1, -1, 2, -1)),
                List.of(tokens(1, -5, 2, -6), tokens(1, -5, 2, -6)),
                List.of(tokens(1, -3, 2, -6), tokens(1, -5, 2, -6)));
        int step = 0;
        while (!search.done()) {
            search.advance(steps.get(step++));
        }
        return step;
    }

    @Test
    void aSearchWhoseBeamsAllEndIsDone() {
        BeamSearch search = new BeamSearch(new BeamSettings(2, 2, 1, EarlyStopping.SURE), 9, 1, beam -> true);
        assertThat(search.advance(List.of(tokens(1, -1, 2, -2, 3, -3)))).isEmpty();
        assertThat(search.done()).isTrue();
        assertThat(search.answers()).hasSize(2);
    }

    @Test
    void settingsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new BeamSettings(0, 1, 1, EarlyStopping.SURE)).hasMessageContaining("1 answers of 0");
        assertThatThrownBy(() -> new BeamSettings(2, 3, 1, EarlyStopping.SURE)).hasMessageContaining("3 answers of 2");
        assertThatThrownBy(() -> new BeamSettings(2, 2, Double.NaN, EarlyStopping.SURE))
                .hasMessageContaining("NaN");
        assertThatThrownBy(
                        () -> new BeamSearch(new BeamSettings(2, 2, 1, EarlyStopping.SURE), 0, 1, BeamSearchTest::ends))
                .hasMessageContaining("newTokens is 0");
    }

    @Test
    void aRowTellsWhatItIsAskedAndNothingImpossible() {
        float never = Float.NEGATIVE_INFINITY;
        BeamRow row = BeamRow.of(new float[] {1, never, 3, 2}, 4, 1, new float[0]);
        assertThat(row.likeliest()).extracting(TokenLogProbability::token).containsExactly(2, 3, 0);
        assertThat(row.top()).extracting(TokenLogProbability::token).containsExactly(2);
        double mass = row.likeliest().stream()
                .mapToDouble(token -> Math.exp(token.logProbability()))
                .sum();
        assertThat(mass).isCloseTo(1, within(1e-12));
        assertThatThrownBy(() -> BeamRow.of(new float[] {Float.NaN, 1}, 1, 0, new float[0]))
                .isInstanceOf(NotFiniteException.class);
    }

    private List<FoundBeam> search(BeamSettings settings) {
        BeamSearch search = new BeamSearch(settings, NEW_TOKENS, 1, BeamSearchTest::ends);
        while (!search.done()) {
            List<Beam> before = search.beams();
            List<Integer> parents =
                    search.advance(before.stream().map(this::row).toList());
            for (int i = 0; !search.done() && i < parents.size(); i++) {
                int[] parent = before.get(parents.get(i)).tokens();
                int[] child = search.beams().get(i).tokens();
                assertThat(child).hasSize(parent.length + 1);
                assertThat(Arrays.copyOf(child, parent.length)).containsExactly(parent);
            }
        }
        return search.answers();
    }

    private void enumerate(Beam beam, double penalty, List<FoundBeam> all) {
        int length = beam.said().size();
        if (length == NEW_TOKENS || ends(beam)) {
            all.add(new FoundBeam(beam, beam.logProbability() / Math.pow(length, penalty)));
            return;
        }
        row(beam).likeliest().forEach(next -> enumerate(beam.then(token(next)), penalty, all));
    }

    private static boolean ends(Beam beam) {
        int length = beam.said().size();
        return length > 0 && beam.said().get(length - 1).token() == 0;
    }

    private static BeamToken token(TokenLogProbability next) {
        return new BeamToken(next.token(), next.logProbability(), List.of(), new float[0]);
    }

    private BeamRow row(Beam beam) {
        List<Integer> tokens = Arrays.stream(beam.tokens()).boxed().toList();
        float[] logits = drawn.computeIfAbsent(tokens, ignored -> draw());
        return BeamRow.of(logits, VOCABULARY, 0, new float[0]);
    }

    private float[] draw() {
        float[] logits = new float[VOCABULARY];
        for (int i = 0; i < VOCABULARY; i++) {
            logits[i] = (float) random.nextGaussian();
        }
        return logits;
    }

    /** Tokens and their log-probabilities in turn. */
    private static BeamRow tokens(double... tokens) {
        List<TokenLogProbability> likeliest = new ArrayList<>();
        for (int i = 0; i < tokens.length; i += 2) {
            likeliest.add(new TokenLogProbability((int) tokens[i], tokens[i + 1]));
        }
        return new BeamRow(likeliest, List.of(), new float[0]);
    }
}
