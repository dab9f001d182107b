package dev.paddock.llama.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.Fixtures;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.Gguf;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A GGUF file is the same model again, in fewer bits where that was asked. */
class GgufFileTest {
    private static final String QUERIES = "model.layers.1.self_attn.q_proj.weight";

    @TempDir
    Path temporary;

    private final Path base = TinyModelFiles.folder();

    @Test
    void aFolderIsTheSameModelAsAFile() throws IOException {
        for (GgufType type : List.of(GgufType.AS_STORED, GgufType.F32)) {
            Path file = write(GgufFile.of(base, null, type));
            assertSameModel(base, file, Stream.of("Where is my parcel?", "a  1984 b", "<|im_start|>x", ""));
        }
        try (Gguf gguf = Gguf.open(write(GgufFile.of(base, null, GgufType.F16)))) {
            assertThat(gguf.info("blk.1.attn_q.weight").type()).isEqualTo(TensorType.F16);
            assertThat(gguf.info("blk.1.attn_norm.weight").type()).isEqualTo(TensorType.F32);
            assertThat(gguf.metadata())
                    .containsEntry("tokenizer.ggml.pre", "smollm")
                    .containsEntry("general.file_type", 1L)
                    .containsEntry("tokenizer.ggml.eos_token_id", 2L);
        }
    }

    @Test
    void theSameModelGivesTheSameBytes() throws IOException {
        Path first = write(GgufFile.of(base, null, GgufType.Q4_0));
        Path second = write(GgufFile.of(base, null, GgufType.Q4_0));
        assertThat(second).hasSameBinaryContentAs(first);
    }

    @Test
    void fewBitsAreThoseOfTheNumbersAndTheOutputHasEight() throws IOException {
        for (GgufType type : List.of(GgufType.Q8_0, GgufType.Q4_1, GgufType.Q4_0)) {
            Path file = write(GgufFile.of(base, null, type));
            try (WeightSource written = ModelFiles.open(file);
                    WeightSource original = ModelFiles.open(base)) {
                assertThat(written.info(QUERIES).type().name()).isEqualTo(type.name());
                assertThat(written.info("model.embed_tokens.weight").type()).isEqualTo(TensorType.Q8_0);
                float[] before = numbers(original, QUERIES);
                float[] after = numbers(written, QUERIES);
                double step = type == GgufType.Q8_0 ? 2.0 / 254 : 2.0 / 15;
                for (int block = 0; block < before.length; block += 32) {
                    double most = largest(before, block);
                    for (int i = block; i < block + 32; i++) {
                        assertThat((double) Math.abs(after[i] - before[i])).isLessThanOrEqualTo(most * step * 1.01);
                    }
                }
            }
        }
    }

    @Test
    void blocksThatAreThereAlreadyKeepTheirBytes() throws IOException {
        Path four = write(GgufFile.of(base, null, GgufType.Q4_1));
        Path again = write(GgufFile.of(four, null, GgufType.AS_STORED));
        try (WeightSource first = ModelFiles.open(four);
                WeightSource second = ModelFiles.open(again)) {
            for (String name : first.names()) {
                assertThat(second.raw(name)).as(name).isEqualTo(first.raw(name));
            }
        }
    }

    @Test
    void whatGgufHasNoFormForIsRefusedByName() throws IOException {
        Path strange = changed("tokenizer.json", "\"individual_digits\":true", "\"individual_digits\":false");
        assertThatThrownBy(() -> GgufFile.of(strange, null, GgufType.F32))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("pre_tokenizer is");
        Path dynamic = changed("config.json", "\"rope_type\" : \"default\"", "\"rope_type\":\"dynamic\",\"factor\":2");
        assertThatThrownBy(() -> GgufFile.of(dynamic, null, GgufType.F32)).hasMessageContaining("no form in GGUF");
    }

    @Test
    void frequenciesOfLlama3BecomeDivisors() throws IOException {
        Path scaled = changed(
                "config.json",
                "\"rope_type\" : \"default\"",
                "\"rope_type\":\"llama3\",\"factor\":8,\"low_freq_factor\":1,\"high_freq_factor\":4,"
                        + "\"original_max_position_embeddings\":512");
        try (WeightSource before = ModelFiles.open(scaled);
                WeightSource after = ModelFiles.open(write(GgufFile.of(scaled, null, GgufType.F32)))) {
            float[] expected = before.config().inverseFrequencies(1);
            float[] written = after.config().inverseFrequencies(1);
            for (int i = 0; i < expected.length; i++) {
                assertThat(written[i]).isCloseTo(expected[i], within(1e-6f * expected[i]));
            }
        }
    }

    @Test
    void theDefaultBaseIsTheSameModelAgain() throws IOException {
        Path gguf = DefaultBase.require();
        assertSameModel(
                gguf,
                write(GgufFile.of(gguf, null, GgufType.AS_STORED)),
                Fixtures.json("tokenizer/default-base.json.gz").valueStream().map(row -> row.get("text")
                        .stringValue()));
    }

    /** The tiny model with another text in one of its files. */
    private Path changed(String file, String from, String to) throws IOException {
        Path folder = Files.createTempDirectory(temporary, "changed");
        TinyModelFiles.copyTo(folder);
        Path path = folder.resolve(file);
        Files.writeString(path, Files.readString(path).replace(from, to));
        return folder;
    }

    private Path write(HuggingFaceFolder.Content content) throws IOException {
        Path file = Files.createTempFile(temporary, "model", ".gguf");
        try (OutputStream out = Files.newOutputStream(file)) {
            content.writeTo(out);
        }
        return file;
    }

    private static void assertSameModel(Path model, Path file, Stream<String> texts) {
        try (WeightSource original = ModelFiles.open(model);
                WeightSource copy = ModelFiles.open(file)) {
            assertThat(copy.config().toHuggingFace().without("eos_token_id"))
                    .isEqualTo(original.config().toHuggingFace().without("eos_token_id"));
            assertThat(copy.names()).containsExactlyInAnyOrderElementsOf(original.names());
            for (String name : original.names()) {
                assertThat(numbers(copy, name)).as(name).isEqualTo(numbers(original, name));
            }
        }
        try (Tokenizer original = Tokenizers.of(model);
                Tokenizer copy = Tokenizers.of(file)) {
            assertThat(copy.chatTemplate()).isEqualTo(original.chatTemplate());
            assertThat(copy.addsBos()).isEqualTo(original.addsBos());
            assertThat(copy.endIds()).isEqualTo(original.endIds());
            assertThat(copy.bos()).isEqualTo(original.bos());
            texts.forEach(text -> {
                assertThat(copy.encode(text)).as(text).isEqualTo(original.encode(text));
                assertThat(copy.decode(copy.encode(text), false))
                        .isEqualTo(original.decode(original.encode(text), false));
            });
        }
    }

    private static double largest(float[] numbers, int from) {
        double most = 0;
        for (int i = from; i < from + 32; i++) {
            most = Math.max(most, Math.abs(numbers[i]));
        }
        return most;
    }

    private static float[] numbers(WeightSource source, String name) {
        FloatBuffer numbers =
                FloatBuffer.allocate(Math.toIntExact(source.info(name).elements()));
        source.read(name, numbers);
        return numbers.array();
    }
}
