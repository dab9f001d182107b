package dev.paddock.llama.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.weights.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeftAdapterTest {
    private static final LoraSettings SETTINGS =
            new LoraSettings(3, 5, 0, Set.of(Projection.Q_PROJ, Projection.DOWN_PROJ), true);

    @TempDir
    Path folder;

    private final LoraAdapter adapter = adapter();

    /** Two blocks with 20 numbers in and out of the queries, and 36 into the last product. */
    private static LoraAdapter adapter() {
        Random random = new Random(1);
        Map<Target, Update> updates = new HashMap<>();
        for (int layer = 0; layer < 2; layer++) {
            updates.put(new Target(layer, Projection.Q_PROJ), update(random, 20));
            updates.put(new Target(layer, Projection.DOWN_PROJ), update(random, 36));
        }
        return new LoraAdapter(updates);
    }

    private static Update update(Random random, int inputs) {
        return new Update(3, SETTINGS.scale(), floats(random, 3 * inputs), floats(random, 20 * 3));
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    @BeforeEach
    void write() {
        PeftAdapter.write(folder, SETTINGS, adapter, "base");
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(PeftAdapter.read(folder)).usingRecursiveComparison().isEqualTo(adapter);
    }

    @Test
    void anUpdateIsReadWhenItIsAskedFor() {
        Update only = PeftAdapter.read(folder, source -> {
            assertThat(source.targets()).isEqualTo(adapter.targets());
            assertThat(source.replaced()).isEmpty();
            return source.update(new Target(1, Projection.DOWN_PROJ));
        });
        assertThat(only)
                .usingRecursiveComparison()
                .isEqualTo(adapter.updates().get(new Target(1, Projection.DOWN_PROJ)));
    }

    @Test
    void namesAndShapesArePefts() {
        try (Safetensors file = Safetensors.open(folder.resolve("adapter_model.safetensors"))) {
            String name = "base_model.model.model.layers.1.mlp.down_proj.lora_";
            assertThat(file.info(name + "A.weight").shape()).isEqualTo(List.of(3L, 36L));
            assertThat(file.info(name + "B.weight").shape()).isEqualTo(List.of(20L, 3L));
            assertThat(file.names()).contains("base_model.model.model.layers.0.self_attn.q_proj.lora_A.weight");
        }
    }

    @Test
    void aModulesOwnAlphaDecidesItsScale() throws Exception {
        replace("\"alpha_pattern\" : { }", "\"alpha_pattern\" : {\"layers.1.mlp.down_proj\":7}");
        Map<Target, Update> read = PeftAdapter.read(folder).updates();
        assertThat(scale(read, 1)).isCloseTo(7 / Math.sqrt(3), within(1e-9));
        assertThat(scale(read, 0)).isCloseTo(5 / Math.sqrt(3), within(1e-9));
    }

    private static double scale(Map<Target, Update> updates, int layer) {
        return Objects.requireNonNull(updates.get(new Target(layer, Projection.DOWN_PROJ)))
                .scale();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"use_dora\" : false | \"use_dora\" : true | lora_magnitude_vector is missing",
                "\"rank_pattern\" : { } | \"rank_pattern\" : {\"q_proj\":4} | its rank should be 4",
                "\"alpha_pattern\" : { } | \"alpha_pattern\" : {\"q_(\":4} | no regular expression",
                "\"bias\" : \"none\" | \"bias\" : \"all\" | option bias",
                "\"modules_to_save\" : null | \"modules_to_save\" : [\"lm_head\"] | names lm_head in modules_to_save",
                "\"revision\" : null | \"some_new_option\" : 3 | option some_new_option is 3",
                "\"init_lora_weights\" : true | \"init_lora_weights\" : \"pissa\" | option init_lora_weights",
                "\"peft_type\" : \"LORA\" | \"peft_type\" : \"IA3\" | option peft_type",
                "\"r\" : 3 | \"r\" : 4 | its rank should be 4",
                "\"r\" : 3 | \"r\" : 0 | r is 0",
            })
    void whatTheEngineDoesNotHaveIsRefusedByName(String from, String to, String message) throws Exception {
        replace(from, to);
        assertThatThrownBy(() -> PeftAdapter.read(folder)).hasMessageContaining(message);
    }

    private void replace(String from, String to) throws Exception {
        Path config = folder.resolve("adapter_config.json");
        String text = Files.readString(config);
        assertThat(text).contains(from);
        Files.writeString(config, text.replace(from, to));
    }
}
