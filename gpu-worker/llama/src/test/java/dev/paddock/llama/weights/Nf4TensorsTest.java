package dev.paddock.llama.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does not belong together in a folder of bitsandbytes is refused by name, whatever is broken. */
class Nf4TensorsTest {
    private static final String MATRIX = "model.layers.0.mlp.down_proj.weight";
    private static final String STATE = MATRIX + ".quant_state.bitsandbytes__nf4";
    private static final int TRIES = 400;

    private final Path whole = reference();

    @TempDir
    private Path folder;

    private static Path reference() {
        String place = "/dev/paddock/llama/quantization/folders/double";
        return Path.of(URI.create(Objects.requireNonNull(Nf4TensorsTest.class.getResource(place), place)
                .toString()));
    }

    @ParameterizedTest
    @CsvSource({
        ".absmax, absmax is missing",
        ".quant_map, quant_map is missing",
        ".nested_absmax, nested_absmax is missing",
        ".nested_quant_map, nested_quant_map is missing",
        "'', down_proj.weight is missing",
    })
    void aMissingPartIsNamed(String part, String message) throws IOException {
        write(MATRIX + part, null);
        assertThatThrownBy(() -> ModelFiles.open(folder))
                .isInstanceOf(MalformedModelFileException.class)
                .hasMessageContaining(message);
    }

    @Test
    void partsWithoutTheirStateAreNoModel() throws IOException {
        write(STATE, null);
        assertThatThrownBy(() -> ModelFiles.open(folder)).hasMessageContaining(MATRIX);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nf4|fp4|quant_type of %s is \"fp4\"; supported is nf4",
                "\"blocksize\": 64|\"blocksize\": 128|blocksize of %s is 128; supported is 64",
                "\"nested_blocksize\": 256|\"nested_blocksize\": 64|nested_blocksize of %s is 64; supported is 256",
                "float32|float16|nested_dtype of %s is \"float16\"",
                "[64, 272]|[64, 271]|%s has U8 of shape [8704, 1]",
                "[64, 272]|[64]|shape of %s is [64]",
                "[64, 272]|[-64, -272]|shape of %s is [-64,-272]",
                "\"nested_offset\": |\"nested_offset\": 9e99, \"x\": |nested_offset of %s is 9.0E99",
                "{|[|quant_state of %s is no JSON",
            })
    void aStateThatDoesNotFitIsRefused(String from, String to, String message) throws IOException {
        String state;
        try (Safetensors file = Safetensors.open(whole.resolve("model.safetensors"))) {
            state = StandardCharsets.UTF_8.decode(file.raw(STATE)).toString();
        }
        assertThat(state).contains(from);
        write(STATE, state.replace(from, to).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> ModelFiles.open(folder))
                .isInstanceOfAny(MalformedModelFileException.class, UnsupportedModelException.class)
                .hasMessageContaining(message.formatted(MATRIX));
    }

    @Test
    void anotherCodeBookIsRefused() throws IOException {
        write(MATRIX + ".quant_map", new byte[64]);
        assertThatThrownBy(() -> ModelFiles.open(folder))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("supported is NF4's code book");
    }

    /** Copies the folder with one tensor's bytes changed, or without it. */
    private void write(String changed, byte @Nullable [] bytes) throws IOException {
        Files.copy(whole.resolve("config.json"), folder.resolve("config.json"));
        SafetensorsWriter writer = new SafetensorsWriter(Map.of());
        try (Safetensors file = Safetensors.open(whole.resolve("model.safetensors"))) {
            for (String name : file.names()) {
                TensorInfo info = file.info(name);
                if (!name.equals(changed)) {
                    writer.bytes(name, info.type(), info.shape(), () -> file.raw(name));
                } else if (bytes != null) {
                    long count = bytes.length / info.type().blockBytes();
                    writer.bytes(name, info.type(), List.of(count), () -> ByteBuffer.wrap(bytes));
                }
            }
            writer.write(folder.resolve("model.safetensors"));
        }
    }

    @Test
    void damagedFilesAreReadOrRefusedAsWhatTheyAre() throws IOException {
        byte[] bytes = Files.readAllBytes(whole.resolve("model.safetensors"));
        Files.copy(whole.resolve("config.json"), folder.resolve("config.json"));
        Random chance = new Random(3);
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] damaged = Arrays.copyOf(bytes, i % 4 == 0 ? chance.nextInt(bytes.length) : bytes.length);
            for (int flips = chance.nextInt(6); flips > 0 && damaged.length > 0; flips--) {
                damaged[chance.nextInt(damaged.length)] = (byte) chance.nextInt();
            }
            Files.write(folder.resolve("model.safetensors"), damaged);
            try (WeightSource weights = ModelFiles.open(folder)) {
                for (String name : weights.names()) {
                    weights.read(
                            name, FloatBuffer.allocate((int) weights.info(name).elements()));
                }
            } catch (MalformedModelFileException | UnsupportedModelException expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(TRIES / 10, TRIES - 1);
    }
}
