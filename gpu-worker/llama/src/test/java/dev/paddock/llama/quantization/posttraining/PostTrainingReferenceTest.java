package dev.paddock.llama.quantization.posttraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.Fixtures;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.TensorType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Codes against the papers' formulas in numpy ({@code benchmarks/reference/post_training_reference.py}): rounding to the last one,
 * GPTQ but for 1 % of codes on a border, its error within 1 %. In
 * the file's own order GPTQ may lose to rounding at 2 bits, as the reference does; by activation it never does here.
 */
class PostTrainingReferenceTest {
    private static final JsonNode FIGURES = Fixtures.json("quantization/post-training.json");
    private static final int ROWS = FIGURES.path("rows").asInt();
    private static final int COLUMNS = FIGURES.path("columns").asInt();
    private static final float[] WEIGHTS = floats(FIGURES.path("weights"));

    private final TensorScope scope = TensorScope.open();
    private final ScriptModule script = ScriptModule.load(CalibrationPass.text());
    private InputStatistics inputs;

    @BeforeEach
    void theInputsAreSeen() {
        inputs = new InputStatistics(scope, script, COLUMNS);
        float[] seen = floats(FIGURES.path("inputs"));
        inputs.add(Tensors.floats(scope, seen, 2, seen.length / COLUMNS / 2, COLUMNS));
    }

    @AfterEach
    void close() {
        script.close();
        scope.close();
    }

    @Test
    void roundingHasTheReferencesCodes() {
        each("rtn", (one, grid) -> {
            CodedMatrix coded = NearestRounding.quantize(WEIGHTS, ROWS, COLUMNS, grid);
            assertThat(mismatches(one, coded)).as("%s", one.path("bits")).isZero();
            assertThat(inputs.energy(error(coded))).isCloseTo(energy(one), within(1e-4 * energy(one)));
        });
    }

    @Test
    void gptqHasTheReferencesCodesAndLessErrorThanRounding() {
        for (boolean ordered : new boolean[] {false, true}) {
            each(ordered ? "gptq-ordered" : "gptq", (one, grid) -> {
                CodedMatrix coded = inputs.gptq(grid, 0.01, ordered).quantize(WEIGHTS, ROWS);
                assertThat(mismatches(one, coded))
                        .as("%s bits %s ordered", grid, ordered)
                        .isLessThanOrEqualTo(ROWS * COLUMNS / 100);
                double error = inputs.energy(error(coded));
                assertThat(error).isCloseTo(energy(one), within(0.01 * energy(one)));
                double limit = ordered || grid.bits() > 2 ? 1 : 1.5;
                assertThat(error)
                        .isLessThan(
                                limit * inputs.energy(error(NearestRounding.quantize(WEIGHTS, ROWS, COLUMNS, grid))));
            });
        }
    }

    @Test
    void awqChoosesThePowerOfLeastError() {
        each("awq", (one, grid) -> {
            List<Double> losses =
                    one.path("losses").valueStream().map(JsonNode::asDouble).toList();
            double least =
                    losses.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
            int chosen = new AwqMethod(grid, losses.size()).bestStep(List.of(WEIGHTS), inputs);
            assertThat(losses.get(chosen)).as("%s", grid).isCloseTo(least, within(1e-3 * least));
        });
    }

    @Test
    void smoothQuantsScalesAreThePapers() {
        float[] largest = new float[COLUMNS];
        for (int i = 0; i < WEIGHTS.length; i++) {
            largest[i % COLUMNS] = Math.max(largest[i % COLUMNS], Math.abs(WEIGHTS[i]));
        }
        FIGURES.path("smooth").properties().forEach(entry -> {
            float[] expected = floats(entry.getValue());
            float[] scales = SmoothQuantMethod.scales(inputs.maxima(), largest, Double.parseDouble(entry.getKey()));
            for (int i = 0; i < COLUMNS; i++) {
                assertThat(scales[i]).isCloseTo(expected[i], within(1e-5f * expected[i]));
            }
        });
    }

    @Test
    void columnsWithoutInputBecomeNothing() {
        InputStatistics silent = new InputStatistics(scope, script, COLUMNS);
        float[] seen = floats(FIGURES.path("inputs"));
        for (int i = 5; i < seen.length; i += COLUMNS) {
            seen[i] = 0;
        }
        silent.add(Tensors.floats(scope, seen, 1, seen.length / COLUMNS, COLUMNS));
        CodedMatrix coded = silent.gptq(new Grid(8, 32), 0.01, false).quantize(WEIGHTS, ROWS);
        for (int row = 0; row < ROWS; row++) {
            assertThat(coded.value(row, 5)).isZero();
        }
    }

    private interface Check {
        void of(JsonNode one, Grid grid);
    }

    private static void each(String method, Check check) {
        int seen = 0;
        for (JsonNode one : FIGURES.path("cases")) {
            if (one.path("method").asString().equals(method)) {
                check.of(
                        one,
                        new Grid(one.path("bits").asInt(), one.path("groupSize").asInt()));
                seen++;
            }
        }
        assertThat(seen).isEqualTo(8);
    }

    private static int mismatches(JsonNode one, CodedMatrix coded) {
        byte[] expected = Base64.getDecoder().decode(one.path("codes").stringValue());
        int mismatches = 0;
        ByteBuffer blocks = coded.blocks(0, ROWS);
        boolean nibbles = coded.grid().container() == TensorType.Q4_1;
        int width = nibbles ? 20 : 34;
        for (int i = 0; i < expected.length; i++) {
            int at = i / 32 * width + (nibbles ? 4 : 2);
            int within = i % 32;
            int code = nibbles ? blocks.get(at + within % 16) >> (within / 16 * 4) & 0xF : blocks.get(at + within);
            mismatches += code == expected[i] ? 0 : 1;
        }
        return mismatches;
    }

    private static float[] error(CodedMatrix coded) {
        float[] error = coded.values();
        for (int i = 0; i < error.length; i++) {
            error[i] -= WEIGHTS[i];
        }
        return error;
    }

    private static double energy(JsonNode one) {
        return one.path("energy").asDouble();
    }

    private static float[] floats(JsonNode text) {
        ByteBuffer bytes =
                ByteBuffer.wrap(Base64.getDecoder().decode(text.stringValue())).order(ByteOrder.LITTLE_ENDIAN);
        float[] numbers = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(numbers);
        return numbers;
    }
}
