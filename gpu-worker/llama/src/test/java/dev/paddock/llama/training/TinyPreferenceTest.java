package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.objective.AnswerScore;
import dev.paddock.llama.training.objective.Dpo;
import dev.paddock.llama.training.objective.Ipo;
import dev.paddock.llama.training.objective.Objective;
import dev.paddock.llama.training.objective.Orpo;
import dev.paddock.llama.training.objective.ScoredComparison;
import dev.paddock.llama.training.objective.SimPo;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Three dozen pairs teach the tiny model which of two kinds of answers is wanted, also where it was not asked before. */
class TinyPreferenceTest {
    private static final String PAIR = """
            {"messages":[{"role":"user","content":"%1$s"}],"chosen":"Ask the %2$s team.","rejected":"%2$s, at once!"}
            """;
    private static final List<String> TEAMS = List.of("billing", "network", "travel", "payroll");

    @TempDir
    private Path folder;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    static Stream<Objective> objectives() {
        return Stream.of(new Dpo(0.3, 0), new Dpo(0.3, 0.1), new Ipo(0.2), new SimPo(2, 0.5, 0), new Orpo(0.5));
    }

    @ParameterizedTest
    @MethodSource("objectives")
    void chosenAnswersGainOnRejectedOnes(Objective objective) throws Exception {
        try (WeightSource model = ModelFiles.open(TinyModelFiles.folder());
                Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            PreferenceExamples examples = new PreferenceExamples(new ChatExamples(tokenizer, Clock.systemUTC()));
            List<PreferenceExample> all =
                    examples.pairs(rows(48), 192, Truncation.TRUNCATE).examples();
            TrainingSettings settings = new TrainingSettings(
                    3, 4, 192, true, 1, new LearningRate(2e-3, 3, 0), AdamW.DEFAULT, 1, 1, ScalarType.FLOAT32);
            try (TrainingSession session = session(model, settings, all.subList(0, 36), objective);
                    TrainingSession held = session(model, settings, all.subList(36, 48), objective)) {
                session.measureReference(() -> false);
                held.measureReference(() -> false);
                double before = lead(session);
                double unseenBefore = lead(held);
                for (int step = 1; step <= session.steps(); step++) {
                    List<ScoredComparison> scores = session.scores(step);
                    assertRewards(objective, scores, session.step(step).metrics());
                }
                held.load(session.model()
                        .parts()
                        .adapter(session.model().parameters().values().toFloatArray()));
                assertThat(lead(session)).as("nats that chosen answers lead by").isGreaterThan(before + 3);
                assertThat(lead(held)).as("the same for unseen pairs").isGreaterThan(unseenBefore + 3);
                assertThat(ranked(held)).as("unseen pairs the right way round").isGreaterThanOrEqualTo(0.9);
            }
        }
    }

    /** What a step reports are the rewards of its pairs before its update. */
    private static void assertRewards(Objective objective, List<ScoredComparison> pairs, Map<String, Double> reported) {
        double chosen = 0;
        double rejected = 0;
        double right = 0;
        for (ScoredComparison pair : pairs) {
            double first = objective.reward(pair.first());
            double second = objective.reward(pair.second());
            chosen += first / pairs.size();
            rejected += second / pairs.size();
            right += first > second ? 1 : 0;
        }
        assertThat(reported.get("rewards_chosen")).isCloseTo(chosen, within(1e-9));
        assertThat(reported.get("rewards_rejected")).isCloseTo(rejected, within(1e-9));
        assertThat(reported.get("rewards_margins")).isCloseTo(chosen - rejected, within(1e-9));
        assertThat(reported.get("rewards_accuracies")).isEqualTo(right / pairs.size());
    }

    private static TrainingSession session(
            WeightSource model, TrainingSettings settings, List<PreferenceExample> pairs, Objective objective) {
        return new TrainingSession(
                model, Adaptation.lora(LoraSettings.of(8, 16)), settings, new Lessons.Comparisons(pairs, objective));
    }

    private Path rows(int count) throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < count; i++) {
            String team = TEAMS.get(i % TEAMS.size());
            rows.append(PAIR.formatted("Who helps with %s case %d?".formatted(team, i), team));
        }
        return Files.writeString(folder.resolve("rows.jsonl"), rows);
    }

    private static List<ScoredComparison> scores(TrainingSession session) {
        List<ScoredComparison> scores = new ArrayList<>();
        for (int step = 1; step <= session.steps() / 3; step++) { // the first of three epochs
            scores.addAll(session.scores(step));
        }
        return scores;
    }

    /** Mean of log p(chosen) - log p(rejected), which differs from the reward margin by what the reference gives. */
    private static double lead(TrainingSession session) {
        return scores(session).stream()
                .mapToDouble(row -> row.first().policy() - row.second().policy())
                .average()
                .orElseThrow();
    }

    /** Share of pairs whose chosen answer has the greater gain on the reference; on nothing where the objective has none. */
    private static double ranked(TrainingSession session) {
        List<ScoredComparison> scores = scores(session);
        return scores.stream()
                        .filter(row -> gain(row.first()) > gain(row.second()))
                        .count()
                / (double) scores.size();
    }

    private static double gain(AnswerScore score) {
        return score.policy() - score.reference();
    }
}
