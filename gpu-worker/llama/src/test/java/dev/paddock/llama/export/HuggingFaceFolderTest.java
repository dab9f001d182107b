package dev.paddock.llama.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.Fixtures;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.GgufWriter;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is written is the same model again: the same numbers, the same tokens, the same template. */
class HuggingFaceFolderTest {
    private static final List<String> TOKENS =
            List.of("<unk>", "<s>", "</s>", "\u2581", "a", "b", "\u2581a", "ab", "\u2581ab", "c", "bc", "cc");

    @TempDir
    Path temporary;

    private Path written;

    @BeforeEach
    void aFolder() throws IOException {
        written = Files.createDirectory(temporary.resolve("written"));
    }

    @Test
    void aGgufFileIsTheSameModelAsAFolder() throws IOException {
        Path gguf = Files.write(temporary.resolve("model.gguf"), model("llama").bytes());
        write(gguf);
        assertSameWeights(gguf);
        assertSameTokens(gguf, Stream.of("ab a", "abc", " a  bcc", "cab", ""));
        assertThat(json("config.json").path("torch_dtype").asString()).isEqualTo("float32");
        assertThat(json("generation_config.json").path("eos_token_id").toString())
                .isEqualTo("[2]");
        JsonNode settings = json("tokenizer_config.json");
        assertThat(settings.path("bos_token").asString()).isEqualTo("<s>");
        assertThat(settings.path("model_max_length").asInt()).isEqualTo(16);
    }

    @Test
    void theFolderIsTheSameModelAsAGgufFileAgain() throws IOException {
        write(Files.write(temporary.resolve("model.gguf"), model("llama").bytes()));
        Path again = temporary.resolve("again.gguf");
        write(GgufFile.of(written, null, GgufType.F32), again);
        assertSameWeights(again);
        assertSameTokens(again, Stream.of("ab a", "abc", " a  bcc", "cab", ""));
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        Path gguf = Files.write(temporary.resolve("model.gguf"), model("llama").bytes());
        write(gguf);
        Map<String, HuggingFaceFolder.Content> again = HuggingFaceFolder.of(gguf);
        for (Map.Entry<String, HuggingFaceFolder.Content> file : again.entrySet()) {
            Path second = temporary.resolve("second-" + file.getKey());
            write(file.getValue(), second);
            assertThat(second).hasSameBinaryContentAs(written.resolve(file.getKey()));
        }
    }

    @Test
    void aHuggingFaceFolderIsPassedOnAsItIs() throws IOException {
        Path folder = TinyModelFiles.folder();
        assertThat(HuggingFaceFolder.of(folder).keySet())
                .containsExactly("config.json", "model.safetensors", "tokenizer.json", "tokenizer_config.json");
        write(folder);
        assertThat(written.resolve("model.safetensors")).hasSameBinaryContentAs(folder.resolve("model.safetensors"));
    }

    @Test
    void aTokenizerThatIsNotThereIsNamedBeforeAnythingIsWritten() throws IOException {
        Path gguf = Files.write(temporary.resolve("model.gguf"), model("bert").bytes());
        assertThatThrownBy(() -> HuggingFaceFolder.of(gguf))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("tokenizer.ggml.model is bert");
    }

    @Test
    void theDefaultBaseIsTheSameModelAsAFolder() throws IOException {
        Path gguf = DefaultBase.require();
        write(gguf);
        assertSameWeights(gguf);
        assertSameTokens(
                gguf,
                Fixtures.json("tokenizer/default-base.json.gz").valueStream().map(row -> row.get("text")
                        .stringValue()));
    }

    private static GgufWriter model(String tokenizer) {
        return GgufWriter.tinyModel()
                .text("tokenizer.ggml.model", tokenizer)
                .texts("tokenizer.ggml.tokens", TOKENS)
                .numbers("tokenizer.ggml.scores", List.of(0f, 0f, 0f, -20f, -21f, -22f, -2f, -1f, -3f, -23f, -4f, -5f))
                .integers("tokenizer.ggml.token_type", List.of(2, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1))
                .integer("tokenizer.ggml.bos_token_id", 1)
                .integer("tokenizer.ggml.eos_token_id", 2)
                .text("tokenizer.chat_template", "{{ messages[0].content }}");
    }

    private void write(Path model) throws IOException {
        for (Map.Entry<String, HuggingFaceFolder.Content> file :
                HuggingFaceFolder.of(model).entrySet()) {
            write(file.getValue(), written.resolve(file.getKey()));
        }
    }

    private static void write(HuggingFaceFolder.Content content, Path target) throws IOException {
        try (OutputStream out = Files.newOutputStream(target)) {
            content.writeTo(out);
        }
    }

    private void assertSameWeights(Path gguf) {
        try (WeightSource original = ModelFiles.open(gguf);
                WeightSource copy = ModelFiles.open(written)) {
            assertThat(copy.config()).isEqualTo(original.config());
            assertThat(copy.names()).containsExactlyInAnyOrderElementsOf(original.names());
            for (String name : original.names()) {
                assertThat(numbers(copy, name)).as(name).isEqualTo(numbers(original, name));
            }
        }
    }

    private static float[] numbers(WeightSource source, String name) {
        FloatBuffer numbers =
                FloatBuffer.allocate(Math.toIntExact(source.info(name).elements()));
        source.read(name, numbers);
        return numbers.array();
    }

    private void assertSameTokens(Path gguf, Stream<String> texts) {
        try (Tokenizer original = Tokenizers.of(gguf);
                Tokenizer copy = Tokenizers.of(written)) {
            assertThat(copy.chatTemplate()).isEqualTo(original.chatTemplate());
            assertThat(copy.addsBos()).isEqualTo(original.addsBos());
            assertThat(copy.endIds()).isEqualTo(original.endIds());
            texts.forEach(text -> {
                int[] ids = original.encode(text);
                assertThat(copy.encode(text)).as(text).isEqualTo(ids);
                assertThat(copy.encodeOrdinary(text)).as(text).isEqualTo(original.encodeOrdinary(text));
                assertThat(copy.decode(ids, false)).isEqualTo(original.decode(ids, false));
            });
        }
    }

    private JsonNode json(String name) throws IOException {
        return JsonMapper.shared().readTree(Files.readAllBytes(written.resolve(name)));
    }
}
