package dev.paddock.llama.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.MergedWeights;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.weights.Gguf;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An adapter leaves as GGUF by itself or merged into its base. */
class GgufAdapterFileTest {
    private static final String QUERIES = "model.layers.1.self_attn.q_proj.weight";
    private static final LoraSettings SETTINGS =
            new LoraSettings(2, 8, 0, Set.of(Projection.Q_PROJ, Projection.DOWN_PROJ), false);

    @TempDir
    Path temporary;

    private final Path base = TinyModelFiles.folder();

    @Test
    void anAdapterIsMergedOrAFileOfItsOwn() throws IOException {
        Path adapter = adapter(AdapterForm.LORA);
        Path merged = write(GgufFile.of(base, adapter, GgufType.F32));
        try (WeightSource expected = new MergedWeights(ModelFiles.open(base), PeftAdapter.read(adapter));
                WeightSource written = ModelFiles.open(merged)) {
            assertThat(numbers(written, QUERIES)).isEqualTo(numbers(expected, QUERIES));
        }
        try (Gguf alone = Gguf.open(write(GgufAdapterFile.of(base, adapter)))) {
            assertThat(alone.metadata())
                    .containsEntry("general.type", "adapter")
                    .containsEntry("adapter.type", "lora")
                    .containsEntry("adapter.lora.alpha", 8.0);
            assertThat(alone.names()).hasSize(4).contains("blk.1.attn_q.weight.lora_a", "blk.1.ffn_down.weight.lora_b");
            assertThat(alone.info("blk.1.attn_q.weight.lora_a").shape()).isEqualTo(List.of(2L, 128L));
            FloatBuffer b = FloatBuffer.allocate(256);
            alone.read("blk.1.attn_q.weight.lora_b", b);
            float[] own = Objects.requireNonNull(
                            PeftAdapter.read(adapter).updates().get(new Target(1, Projection.Q_PROJ)))
                    .b();
            assertThat(List.of(b.get(0), b.get(2), b.get(4))).isEqualTo(List.of(own[0], own[32], own[2]));
        }
    }

    @Test
    void anAdapterThatIsMoreThanLoraIsRefused() throws IOException {
        Path dora = adapter(AdapterForm.DORA);
        assertThatThrownBy(() -> GgufAdapterFile.of(base, dora))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("take the merged model");
    }

    private Path adapter(AdapterForm form) throws IOException {
        Random random = new Random(1);
        Path folder = Files.createDirectories(temporary.resolve(form.name()));
        float[] magnitude = form == AdapterForm.DORA ? draw(random, 128) : new float[0];
        Update queries = new Update(form, 2, 4, draw(random, 256), draw(random, 256), magnitude);
        Update down = new Update(form, 2, 4, draw(random, 512), draw(random, 256), magnitude);
        LoraAdapter adapter = new LoraAdapter(
                Map.of(new Target(1, Projection.Q_PROJ), queries, new Target(1, Projection.DOWN_PROJ), down));
        LoraSettings settings = form == AdapterForm.DORA
                ? new LoraSettings(2, 8, 0, Set.of(Projection.Q_PROJ, Projection.DOWN_PROJ), false).withForm(form)
                : SETTINGS;
        PeftAdapter.write(folder, settings, adapter, TinyModelFiles.NAME);
        return folder;
    }

    private static float[] draw(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() * 0.05f;
        }
        return values;
    }

    private Path write(HuggingFaceFolder.Content content) throws IOException {
        Path file = Files.createTempFile(temporary, "model", ".gguf");
        try (OutputStream out = Files.newOutputStream(file)) {
            content.writeTo(out);
        }
        return file;
    }

    private static float[] numbers(WeightSource source, String name) {
        FloatBuffer numbers =
                FloatBuffer.allocate(Math.toIntExact(source.info(name).elements()));
        source.read(name, numbers);
        return numbers.array();
    }
}
