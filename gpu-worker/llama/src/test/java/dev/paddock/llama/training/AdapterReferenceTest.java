package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.MergedWeights;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Adapters of the tiny model in PEFT, and here; figures made by {@code benchmarks/reference/adapter_reference.py}. */
class AdapterReferenceTest {
    private static final Map<String, LoraSettings> SETTINGS = Map.of(
            "dora",
                    settings(
                            AdapterForm.DORA,
                            EnumSet.of(Projection.Q_PROJ, Projection.V_PROJ, Projection.DOWN_PROJ),
                            Set.of(0, 2)),
            "series", bottleneck(AdapterForm.SERIES, Set.of(Projection.DOWN_PROJ)),
            "parallel", bottleneck(AdapterForm.PARALLEL, Set.of(Projection.UP_PROJ, Projection.DOWN_PROJ)));

    private static final Path OURS = Path.of("target", "adapter-reference-ours");

    @TempDir
    private Path temporary;

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static LoraSettings settings(AdapterForm form, Set<Projection> targets, Set<Integer> layers) {
        return new LoraSettings(form, 2, 6, 0, targets, false, layers, Map.of(), Map.of(), Initialization.DEFAULT);
    }

    private static LoraSettings bottleneck(AdapterForm form, Set<Projection> targets) {
        return new LoraSettings(form, 3, 4.5, 0, targets, false, Set.of(), Map.of(), Map.of(), Initialization.DEFAULT);
    }

    private static Path folder(String name) throws Exception {
        return Path.of(Objects.requireNonNull(AdapterReferenceTest.class.getResource("adapters/" + name))
                .toURI());
    }

    private static JsonNode json(Path file) {
        return JsonMapper.shared().readTree(file.toFile());
    }

    private static JsonNode figures(String name) throws Exception {
        return json(folder(name).resolve("figures.json"));
    }

    private static int[] ints(JsonNode array) {
        return array.valueStream().mapToInt(JsonNode::intValue).toArray();
    }

    private static void assertLogits(JsonNode figures, Executor executor, String adapter) {
        for (int prompt = 0; prompt < figures.path("prompts").size(); prompt++) {
            int[] tokens = ints(figures.path("prompts").path(prompt));
            long sequence = executor.open(adapter.isEmpty() ? null : adapter, tokens.length);
            float[] logits = executor.run(List.of(new StepInput(sequence, tokens, true, null)))
                    .get(0)
                    .logits();
            executor.release(sequence);
            assertClose(
                    logits,
                    figures.path("logits").path(prompt),
                    figures.path("every").intValue());
        }
    }

    private static void assertClose(float[] logits, JsonNode expected, int every) {
        assertThat(expected.size()).isEqualTo(logits.length / every).isPositive();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(logits[i * every]).isCloseTo(expected.path(i).floatValue(), within(2e-3f));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dora", "patterns", "series", "parallel"})
    void anAdapterOfTheReferenceIsServedWithItsLogits(String name) throws Exception {
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                Executor executor = new LibtorchExecutor(base, Precision.FP32)) {
            executor.loadAdapter(name, PeftAdapter.read(folder(name)));
            assertLogits(figures(name), executor, name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dora", "patterns", "modules"})
    void anAdapterOfPeftMergedIntoItsBaseGivesItsLogits(String name) throws Exception {
        try (WeightSource merged =
                        new MergedWeights(ModelFiles.open(TinyModelFiles.folder()), PeftAdapter.read(folder(name)));
                Executor executor = new LibtorchExecutor(merged, Precision.FP32)) {
            assertLogits(figures(name), executor, "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dora", "series", "parallel"})
    void gradientsAreThoseOfAutograd(String name) throws Exception {
        JsonNode figures = figures(name);
        LoraSettings settings = Objects.requireNonNull(SETTINGS.get(name));
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                TrainingSession session = session(base, settings, ints(figures.path("text")))) {
            session.load(PeftAdapter.read(folder(name)));
            FlatParameters parameters = session.model().parameters();
            float[] gradient = new float[(int) parameters.size()];
            double loss = session.gradient(1, gradient);
            assertThat(loss).isCloseTo(figures.path("loss").doubleValue(), within(1e-4));
            figures.path("gradients").properties().forEach(entry -> {
                FlatSlot slot = slot(parameters, figures.path("module").asString() + part(entry.getKey()));
                assertThat(slot.elements()).isEqualTo(entry.getValue().size());
                double largest = entry.getValue()
                        .valueStream()
                        .mapToDouble(value -> Math.abs(value.doubleValue()))
                        .max()
                        .orElseThrow();
                for (int i = 0; i < slot.elements(); i++) {
                    assertThat((double) gradient[(int) slot.offset() + i])
                            .as(slot.name() + " " + i)
                            .isCloseTo(entry.getValue().path(i).doubleValue(), within(1e-4 * Math.max(1, largest)));
                }
            });
        }
    }

    private static TrainingSession session(WeightSource base, LoraSettings settings, int... text) {
        return new TrainingSession(
                base,
                Adaptation.lora(settings),
                TrainingSessionTest.settings(1, 1, 1e-3),
                List.of(TrainingExample.text(text)));
    }

    private static FlatSlot slot(FlatParameters parameters, String name) {
        return parameters.slots().stream()
                .filter(slot -> slot.name().contains(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no slot " + name));
    }

    private static String part(String name) {
        if (name.startsWith("lora_magnitude_vector")) {
            return ".lora_magnitude_vector";
        }
        return name.contains("_A") || name.contains("_down") ? ".lora_A.weight" : ".lora_B.weight";
    }

    @ParameterizedTest
    @ValueSource(strings = {"dora", "series", "parallel"})
    void whatIsReadAndWrittenAgainIsTheReferencesOwn(String name) throws Exception {
        LoraAdapter adapter = PeftAdapter.read(folder(name));
        PeftAdapter.write(temporary, Objects.requireNonNull(SETTINGS.get(name)), adapter, "paddock-tiny");
        JsonNode expected = json(folder(name).resolve("adapter_config.json"));
        json(temporary.resolve("adapter_config.json")).properties().forEach(option -> assertThat(
                        sorted(option.getValue()))
                .as(option.getKey())
                .isEqualTo(sorted(expected.path(option.getKey()))));
        try (Safetensors theirs = Safetensors.open(folder(name).resolve("adapter_model.safetensors"));
                Safetensors ours = Safetensors.open(temporary.resolve("adapter_model.safetensors"))) {
            assertThat(ours.names()).containsExactlyInAnyOrderElementsOf(theirs.names());
            ours.names().forEach(tensor -> {
                assertThat(ours.info(tensor)).isEqualTo(theirs.info(tensor));
                assertThat(ours.raw(tensor)).isEqualTo(theirs.raw(tensor));
            });
        }
    }

    /** JSON's text; numbers as doubles and lists in order, which PEFT writes in any. */
    private static String sorted(JsonNode value) {
        return value.isArray()
                ? value.valueStream().map(JsonNode::toString).sorted().toList().toString()
                : value.isNumber() ? Double.toString(value.doubleValue()) : value.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dora", "patterns", "modules"})
    void anAdapterMadeHereGivesItsLogitsInPeft(String name) throws Exception {
        Path ours = Files.createDirectories(OURS.resolve(name));
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder())) {
            LoraAdapter adapter = new OurAdapters(base.config()).adapter(name);
            PeftAdapter.write(ours, OurAdapters.settings(name), adapter, TinyModelFiles.NAME);
        }
        try (WeightSource merged = new MergedWeights(ModelFiles.open(TinyModelFiles.folder()), PeftAdapter.read(ours));
                Executor executor = new LibtorchExecutor(merged, Precision.FP32)) {
            assertThat(merged.config().tiedEmbeddings()).isTrue();
            assertLogits(json(folder(name).resolve("ours.json")), executor, "");
        }
    }

    /** The script compares the logits written here with those of PEFT: singular vectors differ from machine to machine. */
    @Test
    void aTrainedPissaIsWrittenAsALoraOfTheBaseAsItWas() throws Exception {
        Path ours = Files.createDirectories(OURS.resolve("pissa"));
        LoraSettings settings = OurAdapters.settings("patterns").withInitialization(Initialization.PISSA);
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                TrainingSession session = session(base, settings, 1, 300, 17, 42, 511);
                Executor executor = new LibtorchExecutor(base, Precision.FP32)) {
            session.step(1);
            session.write(ours, TinyModelFiles.NAME);
            executor.loadAdapter("pissa", PeftAdapter.read(ours));
            ArrayNode written = JsonMapper.shared().createArrayNode();
            JsonNode figures = figures("pissa");
            for (int prompt = 0; prompt < figures.path("prompts").size(); prompt++) {
                int[] tokens = ints(figures.path("prompts").path(prompt));
                PackedBatch batch = PackedBatch.of(List.of(List.of(TrainingExample.text(tokens))));
                float[] logits = session.logits(batch, new long[] {tokens.length - 1});
                ArrayNode some = written.addArray();
                for (int i = 0; i < logits.length; i += figures.path("every").intValue()) {
                    some.add(logits[i]);
                }
            }
            Files.writeString(ours.resolve("logits.json"), written.toString());
            JsonNode own = ((ObjectNode) figures.deepCopy()).set("logits", written);
            assertLogits(own, executor, "pissa");
        }
    }

    @Test
    void pissaTakesOutOfTheBaseWhatPeftTakes() throws Exception {
        JsonNode figures = figures("pissa");
        LoraSettings settings = new LoraSettings(4, 6, 0, Set.of(Projection.Q_PROJ, Projection.DOWN_PROJ), false)
                .withInitialization(Initialization.PISSA);
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                TrainingSession session = session(base, settings, 1, 2);
                TensorScope scope = TensorScope.open()) {
            FlatParameters parameters = session.model().parameters();
            float[] values = parameters.values().toFloatArray();
            FlatSlot a = slot(parameters, "layers.1.mlp.down_proj.lora_A");
            for (int r = 0; r < 4; r++) {
                double square = 0;
                for (int i = 0; i < a.columns(); i++) {
                    square += Math.pow(values[(int) a.offset() + r * a.columns() + i], 2);
                }
                double expected = figures.path("values").path(r).doubleValue();
                assertThat(square * settings.scale()).isCloseTo(expected, within(1e-3 * expected));
            }
            Tensors.copyRows(parameters.values(), 0, Tensors.floats(scope, new float[values.length], values.length));
            for (int prompt = 0; prompt < figures.path("prompts").size(); prompt++) {
                int[] tokens = ints(figures.path("prompts").path(prompt));
                PackedBatch batch = PackedBatch.of(List.of(List.of(TrainingExample.text(tokens))));
                assertClose(
                        session.logits(batch, new long[] {tokens.length - 1}),
                        figures.path("logits").path(prompt),
                        figures.path("every").intValue());
            }
        }
    }
}
