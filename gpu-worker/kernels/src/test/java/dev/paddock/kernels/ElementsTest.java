package dev.paddock.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElementsTest {
    private final Random random = new Random(5);

    @Test
    void exponentialsAreExactToTwoMillionths() {
        float[] x = new float[2 * Lanes.COUNT];
        double worst = 0;
        for (double from = -87; from < 88; from += 0.001 * x.length) {
            for (int i = 0; i < x.length; i++) {
                x[i] = (float) Math.min(88, from + 0.001 * i);
            }
            float[] powers =
                    Exponentials.of(FloatVector.fromArray(Lanes.FLOATS, x, 0)).toArray();
            float[] inPlace = x.clone();
            Exponentials.powers(inPlace, 0, x.length, 0);
            for (int i = 0; i < x.length; i++) {
                worst = Math.max(worst, Math.abs(inPlace[i] / Math.exp(x[i]) - 1));
            }
            for (int i = 0; i < powers.length; i++) {
                worst = Math.max(worst, Math.abs(powers[i] / Math.exp(x[i]) - 1));
            }
        }
        assertThat(worst).isLessThan(2e-6);
        float[] numbers = draw(4 * Lanes.COUNT);
        double expected = 0;
        for (float number : numbers) {
            expected += Math.exp(number - 0.5);
        }
        assertThat((double) Exponentials.powers(numbers, 0, numbers.length, 0.5f))
                .isCloseTo(expected, within(1e-5 * expected));
        float[] outside =
                Exponentials.of(FloatVector.broadcast(Lanes.FLOATS, -1e30f)).toArray();
        assertThat(outside[0]).isBetween(0f, 1e-37f);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 16, 61, 576})
    void aNormEqualsAPlainOne(int columns) {
        float[] x = draw(columns + 2);
        float[] weight = draw(columns);
        float[] y = new float[columns + 1];
        Elements.rootMeanSquareNorm(x, 2, weight, 1e-5, y, 1);
        double squares = 0;
        for (int i = 0; i < columns; i++) {
            squares += (double) x[i + 2] * x[i + 2];
        }
        for (int i = 0; i < columns; i++) {
            double expected = x[i + 2] / Math.sqrt(squares / columns + 1e-5) * weight[i];
            assertThat((double) y[i + 1]).isCloseTo(expected, within(1e-6 + 1e-6 * Math.abs(expected)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 12, 64, 80})
    void headsAreTurnedHalfAgainstHalf(int size) {
        float[] x = draw(3 * size + 1);
        float[] cosines = new float[2 * size];
        float[] sines = new float[2 * size];
        for (int i = 0; i < size / 2; i++) {
            cosines[size + i] = cosines[size + size / 2 + i] = (float) Math.cos(i + 1);
            sines[size + size / 2 + i] = (float) Math.sin(i + 1);
            sines[size + i] = -sines[size + size / 2 + i];
        }
        float[] turned = x.clone();
        Elements.rotate(turned, 1, 3, size, cosines, sines, size);
        for (int head = 1; head < x.length; head += size) {
            for (int i = 0; i < size / 2; i++) {
                double a = x[head + i];
                double b = x[head + size / 2 + i];
                double cosine = Math.cos(i + 1);
                double sine = Math.sin(i + 1);
                assertThat((double) turned[head + i]).isCloseTo(a * cosine - b * sine, within(1e-6));
                assertThat((double) turned[head + size / 2 + i]).isCloseTo(b * cosine + a * sine, within(1e-6));
            }
        }
        assertThat(turned[0]).isEqualTo(x[0]);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 56, 64, 101})
    void gatesAndSumsEqualPlainOnes(int size) {
        float[] x = draw(2 * size + 1);
        float[] y = new float[size + 1];
        Elements.gate(x, 1, size, y, 1);
        Elements.add(x, 1, size, y, 1);
        for (int i = 0; i < size; i++) {
            double gate = x[1 + i];
            double expected = gate / (1 + Math.exp(-gate)) * x[1 + size + i] + gate;
            assertThat((double) y[i + 1]).isCloseTo(expected, within(4e-6));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 1003})
    void theLogarithmOfASumEqualsAPlainOne(int count) {
        float[] values = draw(count + 3);
        double sum = 0;
        for (int i = 3; i < count + 3; i++) {
            values[i] *= 20;
            sum += Math.exp(values[i]);
        }
        assertThat(Exponentials.logSum(values, 3, count)).isCloseTo(Math.log(sum), within(2e-6));
    }

    private float[] draw(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
