package dev.paddock.worker.metrics;

import dev.paddock.llama.inference.Generator;
import dev.paddock.llama.inference.StepListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Meters of one base in memory, which leave with it; their model is the base's digest in 12 digits, whatever adapter is asked, so that
 * the number of series is bounded by the bases in memory.
 */
public final class ModelMeters implements StepListener, AutoCloseable {
    private static final int DIGITS = 12;

    private final MeterRegistry registry;
    private final Tags tags;
    private final List<Meter> all = new ArrayList<>();
    private final Map<Operation, AnswerMeters> answers = new EnumMap<>(Operation.class);
    private final DistributionSummary sequences;
    private final DistributionSummary tokens;
    private final Counter refused;

    /** @param digest the base's, {@code sha256:} and hexadecimal digits */
    public ModelMeters(MeterRegistry registry, String digest) {
        this.registry = registry;
        this.tags = Tags.of("gen_ai.request.model", shown(digest), "gen_ai.provider.name", "paddock");
        for (Operation operation : Operation.values()) {
            AnswerMeters own = new AnswerMeters(registry, tags.and("gen_ai.operation.name", operation.id()));
            answers.put(operation, own);
            all.addAll(own.all());
        }
        sequences = summary("paddock.iteration_requests", "Requests in a step's batch", Buckets.SEQUENCES);
        tokens = summary("paddock.iteration_tokens", "Tokens that a step ran", Buckets.TOKENS);
        refused = kept(Counter.builder("paddock.requests_refused")
                .description("Requests that found the queue full (429)")
                .tags(tags)
                .register(registry));
    }

    /** A base's digest as spans and metrics show it. */
    public static String shown(String digest) {
        String hex = digest.substring(digest.indexOf(':') + 1);
        return hex.substring(0, Math.min(DIGITS, hex.length()));
    }

    /** Reads what a generator has at the moment, whenever somebody looks. */
    public void watch(Generator generator) {
        gauge(generator, "paddock.num_requests_running", "Requests that have a cache", Generator::running);
        gauge(generator, "paddock.num_requests_waiting", "Requests in the queue", Generator::waiting);
        gauge(generator, "paddock.kv_cache_usage", "Part of the cache that requests hold, 0 to 1", Generator::cacheUse);
        gauge(generator, "paddock.loras_loaded", "Adapters in memory", watched -> watched.executor()
                .adapters()
                .size());
        gauge(generator, "paddock.model_bytes", "Bytes of weights and adapters", watched -> watched.executor()
                .weightBytes());
        kept(FunctionCounter.builder("paddock.num_preemptions", generator, Generator::preemptions)
                .description("How often a request gave its cache up for those before it")
                .tags(tags)
                .register(registry));
    }

    /** Begins the times of an answer; {@code counted} where no other answer counts the same prompt. */
    public AnswerTimes begin(Operation operation, boolean counted) {
        return new AnswerTimes(Objects.requireNonNull(answers.get(operation)), counted);
    }

    /** A request found the queue full. */
    public void refused() {
        refused.increment();
    }

    @Override
    public void ran(int batch, int run) {
        sequences.record(batch);
        tokens.record(run);
    }

    @Override
    public void close() {
        all.forEach(registry::remove);
    }

    private void gauge(Generator generator, String name, String description, ToDoubleFunction<Generator> value) {
        kept(Gauge.builder(name, generator, value)
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private DistributionSummary summary(String name, String description, double... buckets) {
        return kept(DistributionSummary.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry));
    }

    private <M extends Meter> M kept(M meter) {
        all.add(meter);
        return meter;
    }
}
