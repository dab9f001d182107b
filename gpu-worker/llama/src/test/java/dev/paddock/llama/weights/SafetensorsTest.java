package dev.paddock.llama.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.Fixtures;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    private Path folder;

    @Test
    void writesTheBytesOfTheReference() throws IOException {
        Path reference = file(Fixtures.bytes("weights/reference.safetensors"));
        try (Safetensors file = Safetensors.open(reference)) {
            FloatBuffer numbers = FloatBuffer.allocate(30);
            file.read("b.weight", numbers);
            numbers.flip();
            SafetensorsWriter writer = new SafetensorsWriter(file.metadata());
            for (String name : List.of("c.weight", "a.weight", "b.weight")) {
                writer.floats(name, file.info(name).type(), file.info(name).shape(), to -> to.put(numbers.duplicate()));
            }
            for (String name : List.of("mask", "ids", "ä\"quoted")) {
                writer.bytes(name, file.info(name).type(), file.info(name).shape(), () -> file.raw(name));
            }
            writer.write(folder.resolve("ours.safetensors"));
        }
        assertThat(folder.resolve("ours.safetensors")).hasSameBinaryContentAs(reference);
        assertThat(folder.resolve("ours.safetensors.part")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'a': {'dtype': 'F32', 'shape': [3], 'data_offsets': [0, 8]}}|takes 12 bytes",
                "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [4, 12]}}|begins at byte 4",
                "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4]}}|file holds 8",
                "{'a': {'dtype': 'F32', 'shape': [3], 'data_offsets': [0, 12]}}|file holds 8",
                "{'a': {'dtype': 'F32', 'shape': [1], 'data_offsets': [0, 4]}, 'b': {'dtype': 'F16', 'shape': [3], 'data_offsets': [2, 8]}}|begins at byte 2",
                "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}, 'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0, 8]}}|twice",
                "{'a': {'dtype': 'F32', 'shape': [-2], 'data_offsets': [0, 8]}}|integers from 0",
                "{'a': {'dtype': 'F32', 'shape': [4294967296, 4294967296], 'data_offsets': [0, 8]}}|63 bits",
                "{'a': {'dtype': 'F32', 'shape': [2], 'data_offsets': [0]}}|begin and end",
                "{'a': 1}|shape",
                "[1]|JSON object",
                "{'a': |no JSON",
            })
    void refusesALyingHeader(String header, String rule) {
        Path file = withHeader(header.startsWith("{'a': 1}") ? "{'a': {'dtype': 'F32', 'shape': 1}}" : header, 8);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(MalformedModelFileException.class)
                .hasMessageContaining(rule);
    }

    @Test
    void refusesAnUnknownTypeByName() {
        Path file = withHeader("{'a': {'dtype': 'F8_E4M3', 'shape': [8], 'data_offsets': [0, 8]}}", 8);
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("F8_E4M3");
    }

    @ParameterizedTest
    @CsvSource({"9", "100000001", "9223372036854775807", "-1"})
    void refusesAHeaderLongerThanTheFile(long length) {
        ByteBuffer bytes =
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
        Path file = file(bytes.array());
        assertThatThrownBy(() -> Safetensors.open(file))
                .isInstanceOf(MalformedModelFileException.class)
                .hasMessageContaining(Long.toUnsignedString(length));
    }

    @Test
    void aTensorThatGivesTooFewNumbersIsNamedAndLeavesNoFile() {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of());
        writer.floats("a", TensorType.F32, List.of(3L), to -> to.put(1));
        assertThatThrownBy(() -> writer.write(folder.resolve("short.safetensors")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("got 1 numbers");
        assertThat(folder.resolve("short.safetensors")).doesNotExist();
    }

    private Path withHeader(String header, int data) {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data).order(ByteOrder.LITTLE_ENDIAN);
        return file(bytes.putLong(json.length).put(json).array());
    }

    private Path file(byte[] bytes) {
        try {
            return Files.write(folder.resolve("some.safetensors"), bytes);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
