package dev.paddock.llama.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.quantization.Figures;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OptimizerStateTest {
    private static final List<TrainedTensor> TENSORS =
            List.of(new TrainedTensor(33, 130, true), new TrainedTensor(7, 5, true), new TrainedTensor(100, 0, true));
    private static final int STEPS = 6;
    private static final AdamW ADAMW = new AdamW(0.9, 0.99, 1e-8, 0.1);

    @TempDir
    Path folder;

    private OptimizerState make(String name, int threads) {
        try {
            return switch (name) {
                case "adamw" -> FullMoments.resident(ADAMW, TENSORS, threads);
                case "paged-adamw" -> FullMoments.paged(ADAMW, TENSORS, threads, folder.resolve("moments-" + threads));
                case "adamw-8bit" -> new EightBitMoments(ADAMW, TENSORS, threads);
                default -> new Adafactor(new Adafactor.Rule(1e-30, 1, -0.8, 0.1), TENSORS);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[][] parameters() {
        float[][] parameters = new float[TENSORS.size()][];
        for (int i = 0; i < parameters.length; i++) {
            parameters[i] = Figures.draw(60 + i, (int) TENSORS.get(i).elements());
        }
        return parameters;
    }

    private static void run(OptimizerState state, float[][] parameters, int from, int to) {
        for (int step = from; step <= to; step++) {
            for (int i = 0; i < parameters.length; i++) {
                float[] gradients = Figures.draw(1000 * step + i, parameters[i].length);
                state.update(
                        i,
                        FloatBuffer.wrap(parameters[i]),
                        FloatBuffer.wrap(gradients),
                        new UpdateStep(step, 1e-2, 0.5));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "paged-adamw", "adamw-8bit", "adafactor"})
    void parametersAreThoseOfTheReference(String name) {
        JsonNode figures = figures(name.equals("paged-adamw") ? "adamw" : name);
        float[][] parameters = parameters();
        try (OptimizerState state = make(name, 2)) {
            assertThat(state.name()).isEqualTo(name);
            run(state, parameters, 1, STEPS);
        }
        for (int i = 0; i < parameters.length; i++) {
            float[] expected = Figures.floats(figures.get("parameters").get(i).stringValue());
            for (int k = 0; k < expected.length; k++) {
                assertThat(parameters[i][k]).as("%d %d", i, k).isCloseTo(expected[k], within(3e-7f));
            }
        }
    }

    private static JsonNode figures(String name) {
        return Figures.cases("optimizers")
                .filter(figures -> figures.get("name").stringValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void codesAreThoseOfBitsandbytes() {
        JsonNode figures = figures("adamw-8bit");
        try (EightBitMoments state = new EightBitMoments(ADAMW, TENSORS, 1)) {
            run(state, parameters(), 1, STEPS);
            assertThat(state.codes(0))
                    .containsExactly(
                            HexFormat.of().parseHex(figures.get("first_codes").stringValue()),
                            HexFormat.of().parseHex(figures.get("second_codes").stringValue()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"adamw", "paged-adamw", "adamw-8bit", "adafactor"})
    void aResumedStateGoesOnToTheSameBits(String name) throws IOException {
        float[][] whole = parameters();
        float[][] resumed = parameters();
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (OptimizerState state = make(name, 3)) {
            run(state, resumed, 1, 3);
            state.write(Channels.newChannel(stored));
        }
        try (OptimizerState straight = make(name, 1);
                OptimizerState state = make(name, 2)) {
            run(straight, whole, 1, STEPS);
            state.read(Channels.newChannel(new ByteArrayInputStream(stored.toByteArray())));
            run(state, resumed, 4, STEPS);
        }
        assertThat(resumed).isDeepEqualTo(whole);
    }

    @Test
    void statesTakeTheBytesTheyPromise() {
        long elements = 33 * 130 + 7 * 5 + 100;
        assertThat(bytes("adamw")).isEqualTo(8 * elements);
        assertThat(bytes("paged-adamw")).isEqualTo(8 * elements);
        assertThat(bytes("adamw-8bit")).isEqualTo(2 * (4292 + 17 * 4) + 8 * 135);
        assertThat(bytes("adafactor")).isEqualTo(4 * (33 + 130 + 7 + 5 + 100));
    }

    private long bytes(String name) {
        try (OptimizerState state = make(name, 1)) {
            return state.bytes();
        }
    }

    @Test
    void aPagedStateLeavesNoFile() throws IOException {
        try (OptimizerState state = make("paged-adamw", 1)) {
            run(state, parameters(), 1, 1);
        }
        try (var files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (OptimizerState state = make("adamw", 1);
                OptimizerState other = make("adafactor", 1)) {
            state.write(Channels.newChannel(stored));
            assertThatThrownBy(() -> other.read(Channels.newChannel(new ByteArrayInputStream(stored.toByteArray()))))
                    .hasMessageContaining("not that of adafactor");
            assertThatThrownBy(() -> state.update(
                            1, FloatBuffer.allocate(34), FloatBuffer.allocate(35), new UpdateStep(1, 1, 1)))
                    .hasMessageContaining("35 numbers; got 34");
        }
        assertThatThrownBy(() -> new UpdateStep(0, 1, 1)).hasMessageContaining("number must be at least 1");
    }
}
