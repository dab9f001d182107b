package dev.paddock.llama.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.adapter.HeadedAdapter;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.TaskType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClassifierModelTest {
    private static final LinearHead HEAD = new LinearHead(2, 3, new float[] {1, 2, 3, 4, 5, 6}, new float[0]);
    private static final LoraAdapter ADAPTER = new LoraAdapter(
            Map.of(new Target(0, Projection.Q_PROJ), new Update(1, 2, new float[] {1, 2, 3}, new float[] {4, 5, 6})));
    private static final ClassifierModel MODEL = new ClassifierModel(
            new LabelScheme(LabelKind.SEQUENCE, true, List.of("yes", "no")),
            new HeadedAdapter(TaskType.SEQ_CLS, ADAPTER, HEAD));

    @TempDir
    Path folder;

    @BeforeEach
    void write() {
        MODEL.write(folder, LoraSettings.of(1, 2), "base");
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        assertThat(ClassifierModel.isIn(folder)).isTrue();
        assertThat(ClassifierModel.read(folder)).usingRecursiveComparison().isEqualTo(MODEL);
        assertThat(Files.readString(folder.resolve("adapter_config.json")))
                .contains("\"task_type\" : \"SEQ_CLS\"", "\"modules_to_save\" : [ \"score\" ]");
    }

    @Test
    void anAdapterOfNextTokensItIsNot() {
        assertThatThrownBy(() -> PeftAdapter.read(folder)).hasMessageContaining("option task_type is \"SEQ_CLS\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "adapter_config.json | SEQ_CLS | CAUSAL_LM | option task_type",
                "adapter_config.json | SEQ_CLS | TOKEN_CLS | 2 labels of kind sequence",
                "adapter_config.json | [ \"score\" ] | null | option modules_to_save is null",
                "adapter_config.json | [ \"score\" ] | [\"score\",\"lm_head\"] | names lm_head in modules_to_save",
                "classifier.json | sequence | tokens | kind is \"tokens\"",
                "classifier.json | true | 1 | causal is true or false",
                "classifier.json | \"no\" | \"no\",\"perhaps\" | 3 labels of kind sequence cannot have a head of 2",
                "classifier.json | \"no\" | \"yes\" | \"yes\" twice",
                "classifier.json | \"no\" | 3 | labels a list of names",
            })
    void whatDoesNotBelongTogetherIsRefused(String file, String from, String to, String message) throws Exception {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to));
        assertThatThrownBy(() -> ClassifierModel.read(folder)).hasMessageContaining(message);
    }

    @Test
    void aHeadThatIsMissingIsRefused() {
        PeftAdapter.write(folder, LoraSettings.of(1, 2), ADAPTER, "base");
        assertThatThrownBy(() -> PeftAdapter.readHeaded(folder)).hasMessageContaining("option task_type");
        assertThatThrownBy(() -> new LinearHead(2, 3, new float[5], new float[0]))
                .hasMessageContaining("5 weights");
    }
}
