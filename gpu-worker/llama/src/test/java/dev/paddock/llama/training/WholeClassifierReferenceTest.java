package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.classification.LabelKind;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.classification.WholeClassifier;
import dev.paddock.llama.inference.DocumentBatch;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Classifiers of which every weight was trained: their logits in training, as they are served, and in transformers (figures made
 * by {@code benchmarks/reference/classifier_reference.py} from the folders that this test leaves).
 */
class WholeClassifierReferenceTest {
    private static final Path OURS = Path.of("target", "whole-classifier");

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static Path resource(String name) throws Exception {
        return Path.of(
                Objects.requireNonNull(WholeClassifierReferenceTest.class.getResource("/dev/paddock/llama/" + name))
                        .toURI());
    }

    @ParameterizedTest
    @EnumSource
    void logitsAreThoseOfTransformers(LabelKind kind) throws Exception {
        List<int[]> prompts = figures(kind, "logits.json")
                .path("prompts")
                .valueStream()
                .map(prompt -> prompt.valueStream().mapToInt(JsonNode::intValue).toArray())
                .toList();
        Path folder = Files.createDirectories(OURS.resolve(kind.id()));
        List<float[]> trained = trained(kind, prompts, folder);
        List<float[]> served = served(folder, prompts);
        JsonNode reference = figures(kind, "whole-logits.json").path("logits");
        for (int i = 0; i < prompts.size(); i++) {
            float[] all = trained.get(i);
            float[] actual = served.get(i);
            assertClose(actual, Arrays.copyOfRange(all, all.length - actual.length, all.length), 1e-4f);
            assertClose(actual, floats(reference.path(i)), 2e-4f);
        }
    }

    private static JsonNode figures(LabelKind kind, String file) throws Exception {
        return JsonMapper.shared()
                .readTree(resource("classification/" + kind.id() + "/" + file).toFile());
    }

    /** Trains some steps, writes the folder, and gives the logits of every token of each prompt. */
    private static List<float[]> trained(LabelKind kind, List<int[]> prompts, Path folder) throws Exception {
        try (WeightSource base = ModelFiles.open(resource("inference/tiny/model"));
                TrainingSession session = new TrainingSession(
                        base, Adaptation.full(), TrainingSessionTest.settings(4, 1, 1e-3), lessons(kind))) {
            for (int step = 1; step <= session.steps(); step++) {
                session.step(step);
            }
            session.write(folder, "random");
            List<float[]> logits = new ArrayList<>();
            for (int[] prompt : prompts) {
                PackedBatch batch = PackedBatch.of(List.of(List.of(TrainingExample.text(prompt))));
                logits.add(
                        session.logits(batch, LongStream.range(0, prompt.length).toArray()));
            }
            return logits;
        }
    }

    private static Lessons lessons(LabelKind kind) {
        LabelScheme scheme = kind == LabelKind.TOKEN
                ? LabelScheme.ofSpans(false, List.of("x", "y"))
                : new LabelScheme(kind, true, List.of("a", "b", "c", "d", "e"));
        Random random = new Random(3);
        List<TrainingExample> examples = new ArrayList<>();
        for (int i = 0; i < 24; i++) {
            int[] tokens = random.ints(6 + i % 5, 0, 160).toArray();
            int[] labels = random.ints(tokens.length, 0, 5).toArray();
            float[] weights = new float[tokens.length];
            Arrays.fill(weights, 1);
            examples.add(
                    kind == LabelKind.TOKEN
                            ? new TrainingExample(tokens, weights, labels)
                            : TrainingExample.labelled(tokens, labels[0]));
        }
        return new Lessons.Labelled(examples, scheme);
    }

    /** As it is served: of the last token, or of every one. */
    private static List<float[]> served(Path folder, List<int[]> prompts) {
        ClassificationHead head = WholeClassifier.read(folder);
        LinearHead layer = head.head();
        boolean tokens = head.scheme().kind() == LabelKind.TOKEN;
        try (WeightSource decoder = ModelFiles.openClassifier(folder);
                LibtorchExecutor executor = new LibtorchExecutor(decoder, Precision.FP32)) {
            return prompts.stream()
                    .map(prompt -> executor.project(
                            new DocumentBatch(
                                    List.of(prompt),
                                    head.scheme().causal(),
                                    null,
                                    LongStream.range(tokens ? 0 : prompt.length - 1, prompt.length)
                                            .toArray()),
                            layer))
                    .toList();
        }
    }

    private static float[] floats(JsonNode rows) {
        List<Float> values = new ArrayList<>();
        rows.forEach(row -> row.forEach(value -> values.add(value.floatValue())));
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }

    private static void assertClose(float[] actual, float[] expected, float tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(tolerance));
        }
    }
}
