package dev.paddock.worker.metrics;

import dev.paddock.llama.inference.FinishReason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Meters of one base's answers to one operation. */
final class AnswerMeters {
    /** No error. */
    private static final String NONE = "none";

    final Timer queued;
    final Timer firstToken;
    final Timer betweenTokens;
    final Timer perToken;
    final Timer failed;
    final Counter promptTokens;
    final Counter newTokens;
    final Counter cachedTokens;
    private final Map<FinishReason, Timer> ended = new EnumMap<>(FinishReason.class);
    private final List<Meter> all = new ArrayList<>();
    private final MeterRegistry registry;
    private final Tags tags;

    AnswerMeters(MeterRegistry registry, Tags tags) {
        this.registry = registry;
        this.tags = tags;
        queued = timer("paddock.request_queue_time", "From the request to the begin of its prompt", Buckets.FIRST);
        firstToken = timer("gen_ai.server.time_to_first_token", "From the request to its first token", Buckets.FIRST);
        betweenTokens = timer("paddock.inter_token_latency", "From one token to the next", Buckets.TOKEN);
        perToken = timer(
                "gen_ai.server.time_per_output_token",
                "An answer's mean time of a token after the first",
                Buckets.TOKEN);
        promptTokens = counter("paddock.prompt_tokens", "Tokens of prompts that were read");
        newTokens = counter("paddock.generation_tokens", "Tokens of answers");
        cachedTokens = counter("paddock.prompt_tokens_cached", "Tokens of prompts that had been computed before");
        failed = duration("failed");
        ended.put(FinishReason.STOP, duration(NONE));
        ended.put(FinishReason.LENGTH, ended(FinishReason.STOP));
        ended.put(FinishReason.CANCELLED, duration("cancelled"));
        ended.put(FinishReason.DEADLINE, duration("timeout"));
    }

    /** The time of answers that ended for a reason. */
    Timer ended(FinishReason reason) {
        return Objects.requireNonNull(ended.get(reason));
    }

    List<Meter> all() {
        return all;
    }

    private Timer duration(String error) {
        return kept(Timer.builder("gen_ai.server.request.duration")
                .description("From the request to its last token, with what ended it early")
                .tags(tags)
                .tag("error.type", error)
                .serviceLevelObjectives(Buckets.REQUEST)
                .register(registry));
    }

    private Timer timer(String name, String description, Duration[] buckets) {
        return kept(Timer.builder(name)
                .description(description)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry));
    }

    private Counter counter(String name, String description) {
        return kept(Counter.builder(name).description(description).tags(tags).register(registry));
    }

    private <M extends Meter> M kept(M meter) {
        all.add(meter);
        return meter;
    }
}
