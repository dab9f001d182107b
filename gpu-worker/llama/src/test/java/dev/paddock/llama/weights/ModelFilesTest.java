package dev.paddock.llama.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFilesTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderInShardsHoldsTheWeightsOfTheGguf() throws IOException {
        Path gguf =
                Files.write(folder.resolve("tiny.gguf"), GgufWriter.tinyModel().bytes());
        try (WeightSource source = ModelFiles.open(gguf)) {
            Path shards = Files.createDirectory(folder.resolve("shards"));
            export(source, shards);
            try (WeightSource copy = ModelFiles.open(shards)) {
                assertThat(copy.config()).isEqualTo(source.config());
                assertThat(copy.names()).containsExactlyElementsOf(source.names());
                for (String name : source.names()) {
                    assertThat(numbers(copy, name)).as(name).isEqualTo(numbers(source, name));
                }
            }
            Files.delete(shards.resolve("b.safetensors"));
            assertThatThrownBy(() -> ModelFiles.open(shards))
                    .isInstanceOf(MalformedModelFileException.class)
                    .hasMessageContaining("b.safetensors is missing");
        }
    }

    private static void export(WeightSource source, Path target) throws IOException {
        Files.writeString(
                target.resolve("config.json"), source.config().toHuggingFace().toString());
        SafetensorsWriter first = new SafetensorsWriter(Map.of());
        SafetensorsWriter second = new SafetensorsWriter(Map.of());
        StringBuilder places = new StringBuilder();
        for (String name : source.names()) {
            boolean mlp = name.contains("mlp");
            places.append(places.isEmpty() ? "" : ",")
                    .append("\"" + name + "\":\"" + (mlp ? "b" : "a") + ".safetensors\"");
            (mlp ? second : first)
                    .floats(name, TensorType.F32, source.info(name).shape(), to -> source.read(name, to));
        }
        first.write(target.resolve("a.safetensors"));
        second.write(target.resolve("b.safetensors"));
        Files.writeString(target.resolve("model.safetensors.index.json"), "{\"weight_map\":{" + places + "}}");
    }

    @Test
    void anIndexCannotLeaveTheFolder() throws IOException {
        Files.writeString(
                folder.resolve("config.json"), config().toHuggingFace().toString());
        Files.writeString(
                folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"a\":\"../../x.safetensors\"}}");
        assertThatThrownBy(() -> ModelFiles.open(folder))
                .isInstanceOf(MalformedModelFileException.class)
                .hasMessageContaining("../../x.safetensors");
    }

    @Test
    void aShapeUnlikeTheConfigurationIsNamed() throws IOException {
        Files.writeString(
                folder.resolve("config.json"), config().toHuggingFace().toString());
        new SafetensorsWriter(Map.of())
                .floats("model.embed_tokens.weight", TensorType.F32, List.of(2L), to -> to.put(1)
                        .put(2))
                .write(folder.resolve("model.safetensors"));
        assertThatThrownBy(() -> ModelFiles.open(folder))
                .isInstanceOf(MalformedModelFileException.class)
                .hasMessageContaining("model.embed_tokens.weight has shape [2]; the configuration asks for [12, 8]");
    }

    @Test
    void anEmptyFolderIsRefused() {
        assertThatThrownBy(() -> ModelFiles.open(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("no config.json and 0 .gguf");
    }

    @Test
    void theDefaultBaseOpens() {
        try (WeightSource weights = ModelFiles.open(DefaultBase.require())) {
            assertThat(weights.config().layers()).isEqualTo(30);
            assertThat(weights.names()).hasSize(272);
            FloatBuffer row = FloatBuffer.allocate(576);
            weights.readRows("model.embed_tokens.weight", 19_556, 1, row);
            double square = 0;
            for (float number : row.array()) {
                square += number * number;
            }
            assertThat(Math.sqrt(square)).isBetween(0.5, 10.0);
        }
    }

    private LlamaConfig config() throws IOException {
        Path file =
                Files.write(folder.resolve("shape.gguf"), GgufWriter.tinyModel().bytes());
        try (WeightSource source = ModelFiles.open(file)) {
            return source.config();
        }
    }

    private static float[] numbers(WeightSource source, String name) {
        FloatBuffer numbers = FloatBuffer.allocate((int) source.info(name).elements());
        source.read(name, numbers);
        return numbers.array();
    }
}
