package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.HeldOutRows;
import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.Overlong;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.methods.objective.CausalLanguage;
import dev.paddock.methods.objective.LessonInput;
import dev.paddock.methods.training.Runs.Attempt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Replay is exact to the token, what is held out is never learnt, and both perplexities are told. */
class ContinualPretrainingTest {
    private static final String DOMAIN = """
        {"text":"Crane %1$d of yard %2$d lifts beam %1$d. Its hook is checked every %1$d days, and its cable by crew %2$d."}
        """;
    private static final String GENERAL = """
        {"text":"The river number %1$d is long, and %1$d birds live by it in winter.","source":"general"}
        """;

    @TempDir
    private Path folder;

    private final List<String> log = new ArrayList<>();

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private void write(int domain, int general) throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < domain; i++) {
            rows.append(DOMAIN.formatted(i, i % 7));
        }
        for (int i = 0; i < general; i++) {
            rows.append(GENERAL.formatted(i));
        }
        Files.writeString(folder.resolve("train.jsonl"), rows);
    }

    private LessonPlan plan(double ratio, double heldOut) {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            ChatExamples chats = new ChatExamples(tokenizer, Clock.systemUTC());
            LessonInput input = new LessonInput(folder.resolve("train.jsonl"), tokenizer, chats, 24, log::add);
            CausalLanguage.Params plain = new CausalLanguage.Params(0, Overlong.SPLIT);
            return new ReplayPlan(new HeldOutParams(heldOut, 64, 10), ratio, plain, input).plan();
        }
    }

    private static List<TrainingExample> pieces(LessonPlan plan) {
        return ((Lessons.Texts) plan.lessons()).examples();
    }

    private static long targets(List<TrainingExample> pieces) {
        return pieces.stream().mapToLong(piece -> piece.tokens().length - 1L).sum();
    }

    @Test
    void theReplayedShareIsExactToTheToken() throws Exception {
        write(40, 3);
        long domain = targets(pieces(plan(0, 0)));
        for (double ratio : new double[] {0.05, 0.25, 0.6}) {
            long all = targets(pieces(plan(ratio, 0)));
            assertThat(all - domain).isEqualTo(Math.round(domain * ratio / (1 - ratio)));
            assertThat(log.get(log.size() - 1))
                    .startsWith((all - domain) + " of " + all + " learnt tokens are replayed");
        }
    }

    @Test
    void piecesOfADocumentStayTogetherHoweverOftenTheyAreReplayed() throws Exception {
        write(40, 3);
        Lessons lessons = plan(0.6, 0).lessons();
        assertThat(new HashSet<>(lessons.sources())).hasSize(43);
        HeldOutRows rows = HeldOutRows.of(lessons, 0.5, 1);
        assertThat(rows.training().sources())
                .doesNotContainAnyElementsOf(rows.heldOut().sources());
        Set<List<Integer>> learnt = new HashSet<>(tokens(rows.training()));
        assertThat(tokens(rows.heldOut())).isNotEmpty().doesNotContainAnyElementsOf(learnt);
    }

    private static List<List<Integer>> tokens(Lessons lessons) {
        return ((Lessons.Texts) lessons)
                .examples().stream()
                        .filter(piece -> piece.tokens().length > 12)
                        .map(piece ->
                                java.util.Arrays.stream(piece.tokens()).boxed().toList())
                        .toList();
    }

    @Test
    void eachSetIsMeasuredInItsOwnTime() throws Exception {
        write(60, 10);
        Attempt run = new Runs(folder, "continual-pretraining", "lora", "causal-lm")
                .train(Runs.json("""
                    {"epochs":1,"batchSize":1,"sequenceLength":128,"precision":"fp32","evaluateEvery":4,"evalSteps":0,\
                    "validationRatio":0.1}
                    """), "adapter", new Attempt(Integer.MAX_VALUE), null);
        assertThat(run.metric("domain_loss")).hasSizeGreaterThan(3);
        assertThat(run.metric("validation_loss")).hasSize(2);
    }

    @Test
    void whatIsHeldOutIsMeasuredAndNeverLearnt() throws Exception {
        write(40, 20);
        LessonPlan plan = plan(0.3, 0.1);
        assertThat(plan.validation().sets()).extracting(set -> set.name()).containsExactly("domain", "general");
        Set<List<Integer>> learnt = new HashSet<>();
        pieces(plan)
                .forEach(piece -> learnt.add(
                        java.util.Arrays.stream(piece.tokens()).boxed().toList()));
        plan.validation().sets().stream()
                .flatMap(set -> set.lessons().rows().stream().flatMap(List::stream))
                .filter(piece -> piece.tokens().length > 12)
                .forEach(piece -> assertThat(learnt)
                        .doesNotContain(
                                java.util.Arrays.stream(piece.tokens()).boxed().toList()));
    }

    @Test
    void rowsThatAreTooFewAreRefusedWithTheWayOut() throws Exception {
        write(5, 0);
        assertThatThrownBy(() -> plan(0.1, 0))
                .hasMessageContaining("replayRatio is 0.1")
                .hasMessageContaining("source");
        write(0, 5);
        assertThatThrownBy(() -> plan(0, 0)).hasMessageContaining("no row is of the domain");
        write(1, 0);
        assertThatThrownBy(() -> plan(0, 0.1)).hasMessageContaining("heldOutRatio to 0");
    }

    @Test
    void thePerplexityOfTheDomainFallsWhileTheGeneralOneIsWatched() throws Exception {
        write(120, 30);
        Attempt run = new Runs(folder, "continual-pretraining", "lora", "causal-lm")
                .train(Runs.json("""
                    {"epochs":2,"batchSize":2,"sequenceLength":128,"learningRate":0.003,"precision":"fp32",\
                    "replayRatio":0.2,"evaluateEvery":5,"schedule":"wsd"}
                    """), "adapter", new Attempt(Integer.MAX_VALUE), null);
        List<Double> domain = run.metric("domain_perplexity");
        assertThat(domain).hasSizeGreaterThan(3);
        assertThat(domain.get(domain.size() - 1)).isLessThan(0.5 * domain.get(0));
        assertThat(run.metric("general_perplexity")).hasSameSizeAs(domain).allMatch(value -> value > 1);
    }
}
