package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.StepOutput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.training.ChatExamples;
import dev.paddock.llama.training.TrainingExample;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import dev.paddock.methods.training.Questions.Question;
import dev.paddock.methods.training.Runs.Attempt;
import dev.paddock.methods.training.TrainingInput.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * The paper's claim, in direction: two adapters that each know a task, and gates that serve both tasks nearly as
 * well as whoever picks the right adapter (the oracle), and questions that no single adapter can answer.
 */
class MeteoraStoryTest {
    private static final String BASE = "sha256:base";
    private static final String COURSE = """
            {"batchSize":%d,"sequenceLength":256,"precision":"fp32","checkpointEvery":0,"learningRate":%s,"epochs":%d%s}
            """;

    @TempDir
    private Path folder;

    @Test
    void gatesServeBothTasksAndQuestionsThatNeedBoth() throws IOException {
        Libtorch.setThreads(1);
        assertServesBoth(
                TinyModelFiles.folder(),
                COURSE.formatted(1, "0.003", 30, ",\"r\":8"),
                COURSE.formatted(1, "0.01", 15, ""),
                0.35);
    }

    @Test
    void onALargerBaseMostQuestionsThatNeedBoth() throws IOException {
        String base = System.getProperty("paddock.gates.base");
        assumeTrue(base != null, "-Dpaddock.gates.base=FILE of the default base, which is trained for 8 minutes");
        Libtorch.setThreads(Runtime.getRuntime().availableProcessors());
        assertServesBoth(
                Path.of(base), COURSE.formatted(4, "0.001", 20, ",\"r\":8"), COURSE.formatted(4, "0.01", 6, ""), 0.5);
    }

    private void assertServesBoth(Path model, String loraCourse, String gatesCourse, double leastComposite)
            throws IOException {
        ObjectNode lora = Runs.json(loraCourse);
        train(model, "lora", "halls", lora, Questions.withPairs(Questions.halls()), List.of());
        train(model, "lora", "people", lora, Questions.withPairs(Questions.people()), List.of());
        List<Question> mixed = Stream.of(
                        Questions.withPairs(Questions.halls()),
                        Questions.withPairs(Questions.people()),
                        Questions.composite(true))
                .flatMap(List::stream)
                .toList();
        List<Source> sources = List.of(source("halls"), source("people"));
        train(model, "meteora", "routed", Runs.json(gatesCourse), mixed, sources);

        try (WeightSource base = ModelFiles.open(model);
                Tokenizer tokenizer = Tokenizers.of(model);
                Executor executor = new LibtorchExecutor(base, Precision.FP32)) {
            for (String name : List.of("halls", "people", "routed")) {
                executor.loadAdapter(name, PeftAdapter.read(folder.resolve(name)));
            }
            Exam exam = new Exam(executor, new ChatExamples(tokenizer, Clock.systemUTC()));
            double oracle = (exam.right("halls", Questions.halls()) + exam.right("people", Questions.people())) / 2;
            double routed = (exam.right("routed", Questions.halls()) + exam.right("routed", Questions.people())) / 2;
            assertThat(oracle).isGreaterThan(0.9);
            assertThat(exam.right(null, Questions.withPairs(Questions.halls()))).isLessThan(0.1);
            assertThat(routed).isGreaterThanOrEqualTo(0.9 * oracle);
            List<Question> composite = Questions.composite(false);
            assertThat(exam.right("halls", composite)).isLessThan(0.1);
            assertThat(exam.right("people", composite)).isLessThan(0.1);
            double routedComposite = exam.right("routed", composite);
            System.out.printf(
                    "right: oracle %.2f, routed %.2f; of questions that need both, routed %.2f%n",
                    oracle, routed, routedComposite);
            assertThat(routedComposite).isGreaterThan(leastComposite);
            assertThat(exam.share("routed", Questions.halls())).isGreaterThan(exam.share("routed", Questions.people()));
        }
    }

    private Source source(String name) {
        return new Source(name, folder.resolve(name), BASE, 1);
    }

    private void train(
            Path model, String method, String name, ObjectNode params, List<Question> questions, List<Source> sources)
            throws IOException {
        Path rows = folder.resolve(name + ".jsonl");
        Files.writeString(
                rows, String.join("", questions.stream().map(Question::row).toList()));
        TrainingInput input = new TrainingInput(
                model,
                rows,
                folder.resolve("checkpoints-" + name),
                null,
                folder.resolve(name),
                BASE,
                1,
                Instant.EPOCH,
                sources);
        TrainingCatalogue.load().preset(method).train(params, input, new Attempt(Integer.MAX_VALUE));
    }

    /** Asks questions, and reads the likeliest answers to the letter. */
    private record Exam(Executor executor, ChatExamples chats) {
        /** One answer in the making. */
        @SuppressWarnings("ArrayRecordComponent")
        private record Sheet(long sequence, int[] prompt, int[] expected, List<Integer> given) {
            StepInput next() {
                int[] tokens = given.isEmpty() ? prompt : new int[] {given.get(given.size() - 1)};
                return new StepInput(sequence, tokens, true, null);
            }

            boolean isRight() {
                return Arrays.equals(
                        expected, given.stream().mapToInt(Integer::intValue).toArray());
            }
        }

        /** Share of the questions that are answered right; null asks the bare base. */
        double right(@Nullable String adapter, List<Question> questions) {
            List<Sheet> sheets =
                    questions.stream().map(question -> sheet(adapter, question)).toList();
            answer(sheets);
            return sheets.stream()
                    .mapToInt(sheet -> sheet.isRight() ? 1 : 0)
                    .average()
                    .orElseThrow();
        }

        /** Mean share of the first adapter under gates in the answers' tokens. */
        double share(String adapter, List<Question> questions) {
            double first = 0;
            double all = 0;
            List<Sheet> sheets =
                    questions.stream().map(question -> sheet(adapter, question)).toList();
            for (float[] weights : answer(sheets)) {
                first += weights[0];
                all += weights[0] + weights[1];
            }
            return first / all;
        }

        /** Answers as many tokens as are expected; returns the weights of the adapters under gates for each of them. */
        private List<float[]> answer(List<Sheet> sheets) {
            List<float[]> routing = new ArrayList<>();
            int longest = sheets.stream()
                    .mapToInt(sheet -> sheet.expected().length)
                    .max()
                    .orElseThrow();
            for (int i = 0; i < longest; i++) {
                int token = i;
                List<Sheet> open = sheets.stream()
                        .filter(sheet -> token < sheet.expected().length)
                        .toList();
                List<StepOutput> outputs =
                        executor.run(open.stream().map(Sheet::next).toList());
                for (int k = 0; k < open.size(); k++) {
                    open.get(k).given().add(likeliest(outputs.get(k).logits()));
                    routing.addAll(outputs.get(k).routing());
                }
            }
            sheets.forEach(sheet -> executor.release(sheet.sequence()));
            return routing;
        }

        private Sheet sheet(@Nullable String adapter, Question question) {
            TrainingExample example = chats.example(
                    List.of(new ChatMessage("user", question.text()), new ChatMessage("assistant", question.answer())));
            int begin = 0;
            while (example.weights()[begin] == 0) {
                begin++;
            }
            int[] tokens = example.tokens();
            int end = begin;
            while (end < tokens.length && example.weights()[end] > 0) {
                end++;
            }
            return new Sheet(
                    executor.open(adapter, tokens.length),
                    Arrays.copyOf(tokens, begin),
                    Arrays.copyOfRange(tokens, begin, end),
                    new ArrayList<>());
        }

        private static int likeliest(float[] logits) {
            int best = 0;
            for (int i = 1; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            return best;
        }
    }
}
