package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DecodingSpeedTest {
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger steps = new AtomicInteger();

    /** Steps of 10 ms, of 40 ms in the second answer that counts; the context is 64. */
    @Test
    void theMedianOfThreeAnswersIsTold() {
        double speed = measure(Duration.ofMinutes(1), step -> step / 33 == 2 ? 40 : 10);
        assertThat(speed).isCloseTo(100, within(1e-9));
        assertThat(steps).hasValue(4 * 33);
    }

    @Test
    void answersThatTakeTooLongEndWithinTheLimit() {
        double speed = measure(Duration.ofSeconds(4), step -> 300);
        assertThat(speed).isCloseTo(1 / 0.3, within(1e-9));
        assertThat(steps).hasValue(4 * (1 + 4));
        assertThat(measure(Duration.ofMillis(1), step -> 2000)).isCloseTo(0.5, within(1e-9));
    }

    private double measure(Duration limit, Milliseconds milliseconds) {
        try (RandomWeights weights = new RandomWeights(3);
                Executor executor = new LibtorchExecutor(weights, Precision.FP32)) {
            return DecodingSpeed.of(
                    executor,
                    limit,
                    clock::get,
                    () -> clock.addAndGet(1_000_000 * milliseconds.of(steps.getAndIncrement())));
        }
    }

    private interface Milliseconds {
        long of(int step);
    }
}
