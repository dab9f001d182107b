package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Adapters of the tiny model in PEFT and here: figures made by {@code benchmarks/reference/peft_reference.py}. */
class PeftReferenceTest {
    private static final LoraSettings SETTINGS = LoraSettings.of(4, 8);
    private static final LoraSettings PEFTS = new LoraSettings(
            2, 6, 0, Set.of(Projection.Q_PROJ, Projection.V_PROJ, Projection.O_PROJ, Projection.DOWN_PROJ), true);
    private static final Path OURS = Path.of("target", "peft-reference-ours");

    @BeforeAll
    static void oneThread() {
        Libtorch.setThreads(1);
    }

    private static Path resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(PeftReferenceTest.class.getResource("peft/" + name))
                .toURI());
    }

    @Test
    void anAdapterMadeByPeftGivesItsLogitsHere() throws Exception {
        Path folder = Objects.requireNonNull(resource("logits.json").getParent());
        assertAgrees(PEFTS, PeftAdapter.read(folder), "logits.json");
    }

    @Test
    void anAdapterMadeHereGivesItsLogitsInPeft() throws Exception {
        Files.createDirectories(OURS);
        PeftAdapter.write(OURS, SETTINGS, ours(), TinyModelFiles.NAME);
        assertAgrees(SETTINGS, PeftAdapter.read(OURS), "ours-logits.json");
    }

    private static LoraAdapter ours() {
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder())) {
            AdapterLayout layout = new AdapterLayout(base.config(), SETTINGS);
            Random random = new Random(1);
            List<FlatSlot> placed = FlatSlot.place(layout.slots());
            float[] flat = new float[(int) FlatSlot.size(placed)];
            layout.initialize(flat, placed, random);
            LoraAdapter adapter = layout.adapter(flat);
            for (LoraAdapter.Update update : adapter.updates().values()) {
                for (int i = 0; i < update.b().length; i++) {
                    update.b()[i] = (float) (0.1 * random.nextGaussian());
                }
            }
            return adapter;
        }
    }

    private static void assertAgrees(LoraSettings settings, LoraAdapter adapter, String figures) throws Exception {
        JsonNode reference = JsonMapper.shared().readTree(resource(figures).toFile());
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                TrainingSession session = new TrainingSession(
                        base,
                        Adaptation.lora(settings),
                        TrainingSessionTest.settings(1, 1, 1e-3),
                        List.of(TrainingExample.text(new int[] {1, 2})))) {
            session.load(adapter);
            for (int prompt = 0; prompt < reference.path("prompts").size(); prompt++) {
                float[] actual = logits(session, reference.path("prompts").path(prompt));
                JsonNode expected = reference.path("logits").path(prompt);
                assertThat(actual).hasSize(expected.size());
                for (int i = 0; i < actual.length; i++) {
                    assertThat(actual[i]).isCloseTo(expected.path(i).floatValue(), within(2e-3f));
                }
            }
        }
    }

    private static float[] logits(TrainingSession session, JsonNode prompt) {
        int[] tokens = new int[prompt.size()];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = prompt.path(i).intValue();
        }
        PackedBatch batch = PackedBatch.of(List.of(List.of(TrainingExample.text(tokens))));
        return session.logits(batch, new long[] {tokens.length - 1});
    }
}
