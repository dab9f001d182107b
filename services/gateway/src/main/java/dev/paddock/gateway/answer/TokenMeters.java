package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.TokenUsage;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * Tokens that were read and written for applications, by tenant, model and operation, as OpenTelemetry's
 * {@code gen_ai.client.token.usage}. The first {@value #MOST_SERIES} combinations have a series of their own, all others share one.
 */
@Component
final class TokenMeters {
    static final int MOST_SERIES = 500;
    static final String OTHER = "other";
    private static final double[] BUCKETS = {1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576};

    private final MeterRegistry registry;
    private final Map<Series, Pair> pairs = new ConcurrentHashMap<>();

    private record Series(String tenant, String model, String operation) {}

    private record Pair(DistributionSummary input, DistributionSummary output) {}

    TokenMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** An answer was given; the model is one that is deployed. */
    void used(String tenant, String model, String operation, TokenUsage usage) {
        Pair pair = pair(new Series(tenant, model, operation));
        pair.input().record(usage.promptTokens());
        pair.output().record(usage.completionTokens());
    }

    private Pair pair(Series series) {
        Pair known = pairs.get(series);
        if (known != null) {
            return known;
        }
        Series counted = pairs.size() < MOST_SERIES ? series : new Series(OTHER, OTHER, series.operation());
        return pairs.computeIfAbsent(counted, fresh -> new Pair(summary(fresh, "input"), summary(fresh, "output")));
    }

    private DistributionSummary summary(Series series, String type) {
        return DistributionSummary.builder("gen_ai.client.token.usage")
                .description("Tokens of an answer's prompts (input) and of the answer (output)")
                .tag("paddock.tenant", series.tenant())
                .tag("gen_ai.request.model", series.model())
                .tag("gen_ai.operation.name", series.operation())
                .tag("gen_ai.provider.name", "paddock")
                .tag("gen_ai.token.type", type)
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }
}
