package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Adapters of the tiny model in PEFT and here: figures made by {@code benchmarks/reference/peft_reference.py}. */
class PeftReferenceTest {
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
        assertAgrees(PeftAdapter.read(folder), "logits.json");
    }

    @Test
    void anAdapterMadeHereGivesItsLogitsInPeft() throws Exception {
        AdapterWeights adapter = ours();
        Files.createDirectories(OURS);
        PeftAdapter.write(OURS, adapter, TinyModelFiles.NAME);
        assertAgrees(PeftAdapter.read(OURS), "ours-logits.json");
    }

    private static AdapterWeights ours() {
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder())) {
            LoraSettings settings = LoraSettings.of(4, 8);
            LoraLayout layout = new LoraLayout(base.config(), settings);
            List<AdapterWeights.Module> modules = new ArrayList<>();
            Random random = new Random(1);
            for (AdapterWeights.Module module : layout.modules(layout.initial(random))) {
                for (int i = 0; i < module.b().length; i++) {
                    module.b()[i] = (float) (0.1 * random.nextGaussian());
                }
                modules.add(module);
            }
            return new AdapterWeights(settings, modules);
        }
    }

    private static void assertAgrees(AdapterWeights adapter, String figures) throws Exception {
        JsonNode reference = JsonMapper.shared().readTree(resource(figures).toFile());
        try (WeightSource base = ModelFiles.open(TinyModelFiles.folder());
                TrainingSession session = new TrainingSession(
                        base,
                        new Adaptation.Lora(adapter.settings()),
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
