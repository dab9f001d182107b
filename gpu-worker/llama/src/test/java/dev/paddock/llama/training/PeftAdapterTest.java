package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeftAdapterTest {
    private static final LlamaConfig CONFIG = RandomModel.config(true, false);

    @TempDir
    Path folder;

    private AdapterWeights adapter = adapter();

    private static AdapterWeights adapter() {
        LoraSettings settings =
                new LoraSettings(3, 5, 0, EnumSet.of(Projection.Q_PROJ, Projection.V_PROJ, Projection.DOWN_PROJ), true);
        LoraLayout layout = new LoraLayout(CONFIG, settings);
        return new AdapterWeights(settings, layout.modules(layout.initial(new Random(1))));
    }

    @BeforeEach
    void write() {
        PeftAdapter.write(folder, adapter, "base");
    }

    @Test
    void whatIsWrittenIsRead() {
        AdapterWeights read = PeftAdapter.read(folder);
        assertThat(read.settings()).isEqualTo(adapter.settings());
        assertThat(read.modules()).hasSameSizeAs(adapter.modules()).hasSize(6);
        for (int i = 0; i < read.modules().size(); i++) {
            assertThat(read.modules().get(i))
                    .usingRecursiveComparison()
                    .isEqualTo(adapter.modules().get(i));
        }
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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"use_dora\" : false | \"use_dora\" : true | option use_dora is true",
                "\"rank_pattern\" : { } | \"rank_pattern\" : {\"q_proj\":4} | option rank_pattern",
                "\"bias\" : \"none\" | \"bias\" : \"all\" | option bias",
                "\"modules_to_save\" : null | \"modules_to_save\" : [\"lm_head\"] | option modules_to_save",
                "\"revision\" : null | \"some_new_option\" : 3 | option some_new_option is 3",
                "\"init_lora_weights\" : true | \"init_lora_weights\" : \"pissa\" | option init_lora_weights",
                "\"peft_type\" : \"LORA\" | \"peft_type\" : \"IA3\" | option peft_type",
                "\"r\" : 3 | \"r\" : 4 | the configuration has r 4",
            })
    void whatTheEngineDoesNotHaveIsRefusedByName(String from, String to, String message) throws Exception {
        Path config = folder.resolve("adapter_config.json");
        String text = Files.readString(config);
        assertThat(text).contains(from);
        Files.writeString(config, text.replace(from, to));
        assertThatThrownBy(() -> PeftAdapter.read(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMissingBlockIsNamed() {
        adapter = new AdapterWeights(
                adapter.settings(),
                adapter.modules().subList(0, adapter.modules().size() - 1));
        write();
        assertThatThrownBy(() -> PeftAdapter.read(folder)).hasMessageContaining("layers.1.mlp.down_proj.lora_A");
    }
}
