package dev.paddock.worker.metrics;

import java.time.Duration;
import java.util.Arrays;

/** Boundaries of histograms: of times those that OpenTelemetry's conventions advise, of counts powers of two. */
final class Buckets {
    private static final double NANOS = 1e9;

    /** Of a whole request. */
    static final Duration[] REQUEST =
            seconds(0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92);

    /** Until the first token, or the begin. */
    static final Duration[] FIRST =
            seconds(0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10);

    /** From one token to the next; finer than advised where small models are. */
    static final Duration[] TOKEN =
            seconds(0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5);

    static final double[] SEQUENCES = {1, 2, 4, 8, 16, 32, 64, 128};

    static final double[] TOKENS = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048};

    private Buckets() {}

    private static Duration[] seconds(double... values) {
        return Arrays.stream(values)
                .mapToObj(value -> Duration.ofNanos(Math.round(value * NANOS)))
                .toArray(Duration[]::new);
    }
}
