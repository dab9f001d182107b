package dev.paddock.llama.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.Fixtures;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files cut short or with bytes changed are read, or refused as what they are; nothing else is thrown. */
class DamagedFilesTest {
    private static final int TRIES = 1_000;

    @TempDir
    private Path folder;

    @Test
    void safetensors() throws IOException {
        int refused = damage(Fixtures.bytes("weights/reference.safetensors"), path -> {
            try (Safetensors file = Safetensors.open(path)) {
                for (String name : file.names()) {
                    file.read(name, FloatBuffer.allocate((int) file.info(name).elements()));
                }
            }
        });
        assertThat(refused).isBetween(TRIES / 10, TRIES - 1);
    }

    @Test
    void gguf() throws IOException {
        int refused = damage(GgufWriter.tinyModel().bytes(), path -> {
            try (WeightSource weights = ModelFiles.open(path)) {
                for (String name : weights.names()) {
                    weights.read(
                            name, FloatBuffer.allocate((int) weights.info(name).elements()));
                }
            }
        });
        assertThat(refused).isBetween(TRIES / 10, TRIES - 1);
    }

    private int damage(byte[] whole, Consumer<Path> read) throws IOException {
        Random chance = new Random(3);
        int refused = 0;
        for (int i = 0; i < TRIES; i++) {
            byte[] bytes = Arrays.copyOf(whole, i % 4 == 0 ? chance.nextInt(whole.length) : whole.length);
            for (int flips = chance.nextInt(4); flips > 0 && bytes.length > 0; flips--) {
                bytes[chance.nextInt(bytes.length)] = (byte) (chance.nextBoolean() ? chance.nextInt() : 0xFF);
            }
            try {
                read.accept(Files.write(folder.resolve("damaged-" + i), bytes));
            } catch (MalformedModelFileException | UnsupportedModelException expected) {
                refused++;
            }
            Files.deleteIfExists(folder.resolve("damaged-" + i));
        }
        return refused;
    }
}
