package dev.paddock.llama.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.HeadedAdapter;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Classifiers of a random model in PEFT and here: figures made by {@code benchmarks/reference/classifier_reference.py}. */
class ClassifierReferenceTest {
    private static final LoraSettings SETTINGS = LoraSettings.of(3, 6);
    private static final Path OURS = Path.of("target", "classifier-reference-ours");

    private static Path resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(ClassifierReferenceTest.class.getResource(name))
                .toURI());
    }

    @ParameterizedTest
    @EnumSource
    void aClassifierMadeByPeftGivesItsLogitsHere(LabelKind kind) throws Exception {
        assertAgrees(ClassifierModel.read(resource(kind.id())), kind.id() + "/logits.json");
    }

    @ParameterizedTest
    @EnumSource
    void aClassifierMadeHereGivesItsLogitsInPeft(LabelKind kind) throws Exception {
        Path folder = Files.createDirectories(OURS.resolve(kind.id()));
        try (WeightSource base = base()) {
            ours(kind, base.config()).write(folder, SETTINGS, "random");
        }
        assertAgrees(ClassifierModel.read(folder), kind.id() + "/ours-logits.json");
    }

    private static WeightSource base() throws Exception {
        return ModelFiles.open(resource("/dev/paddock/llama/inference/tiny/model"));
    }

    private static ClassifierModel ours(LabelKind kind, LlamaConfig config) {
        Random random = new Random(kind.id().length());
        Map<Target, Update> updates = new HashMap<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                float[] a = draw(random, 3 * projection.inputs(config));
                float[] b = draw(random, 3 * projection.outputs(config));
                updates.put(new Target(layer, projection), new Update(3, SETTINGS.scale(), a, b));
            }
        }
        LabelScheme scheme = kind == LabelKind.TOKEN
                ? LabelScheme.ofSpans(false, List.of("x", "y"))
                : new LabelScheme(kind, true, List.of("a", "b", "c", "d", "e"));
        int hidden = config.hiddenSize();
        LinearHead head = new LinearHead(5, hidden, draw(random, 5 * hidden), new float[0]);
        return new ClassifierModel(scheme, new HeadedAdapter(kind.task(), new LoraAdapter(updates), head));
    }

    private static float[] draw(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.2 * random.nextGaussian());
        }
        return values;
    }

    /** All prompts in one pass, and each alone. */
    private static void assertAgrees(ClassifierModel model, String figures) throws Exception {
        JsonNode reference = JsonMapper.shared().readTree(resource(figures).toFile());
        List<int[]> prompts = new ArrayList<>();
        reference
                .path("prompts")
                .forEach(prompt -> prompts.add(
                        prompt.valueStream().mapToInt(JsonNode::intValue).toArray()));
        try (WeightSource base = base();
                LibtorchExecutor executor = new LibtorchExecutor(base, Precision.FP32)) {
            executor.loadAdapter(
                    "other", ours(LabelKind.TOKEN, base.config()).headed().adapter());
            executor.loadAdapter("classifier", model.headed().adapter());
            Classifier classifier =
                    new Classifier(model.scheme(), model.headed().head(), "classifier", executor::project);
            assertLogits(classifier, prompts, reference.path("logits"), 0);
            for (int i = 0; i < prompts.size(); i++) {
                assertLogits(classifier, prompts.subList(i, i + 1), reference.path("logits"), i);
            }
        }
    }

    private static void assertLogits(Classifier classifier, List<int[]> prompts, JsonNode expected, int first) {
        List<long[]> wanted = prompts.stream()
                .map(prompt -> classifier.scheme().kind() == LabelKind.TOKEN
                        ? LongStream.range(0, prompt.length).toArray()
                        : new long[] {prompt.length - 1L})
                .toList();
        List<List<float[]>> actual = classifier.run(prompts, wanted);
        for (int prompt = 0; prompt < prompts.size(); prompt++) {
            JsonNode rows = expected.path(first + prompt);
            assertThat(actual.get(prompt)).hasSize(rows.size());
            for (int row = 0; row < rows.size(); row++) {
                float[] logits = actual.get(prompt).get(row);
                assertThat(logits).hasSize(rows.path(row).size());
                for (int i = 0; i < logits.length; i++) {
                    assertThat(logits[i]).isCloseTo(rows.path(row).path(i).floatValue(), within(2e-3f));
                }
            }
        }
    }
}
