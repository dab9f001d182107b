package dev.paddock.kit.telemetry;

import dev.paddock.contracts.inference.BeamSearch;
import dev.paddock.contracts.inference.SamplingParameters;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import org.jspecify.annotations.Nullable;

/** How tokens are chosen, as a span's attributes; what a request leaves open has none, and stop strings, which are text, none ever. */
public final class SamplingAttributes {
    private SamplingAttributes() {}

    public static void set(Span span, SamplingParameters sampling) {
        set(span, GenAi.REQUEST_TEMPERATURE, sampling.temperature());
        set(span, GenAi.REQUEST_TOP_P, sampling.topP());
        set(span, GenAi.REQUEST_PRESENCE_PENALTY, sampling.presencePenalty());
        set(span, GenAi.REQUEST_FREQUENCY_PENALTY, sampling.frequencyPenalty());
        set(span, GenAi.REQUEST_SEED, sampling.seed());
        set(span, GenAi.REQUEST_MAX_TOKENS, wide(sampling.maxTokens()));
        Integer topK = sampling.topK();
        set(span, GenAi.REQUEST_TOP_K, topK == null ? null : topK.doubleValue());
        Integer choices = sampling.n();
        set(span, GenAi.REQUEST_CHOICE_COUNT, choices == null || choices == 1 ? null : wide(choices));
        set(span, GenAi.BEAMS, beams(sampling));
    }

    private static @Nullable Long beams(SamplingParameters sampling) {
        BeamSearch beams = sampling.beams();
        if (beams == null) {
            return null;
        }
        Integer width = beams.bestOf() == null ? sampling.n() : beams.bestOf();
        return width == null ? Long.valueOf(1) : wide(width);
    }

    private static @Nullable Long wide(@Nullable Integer value) {
        return value == null ? null : value.longValue();
    }

    private static <T> void set(Span span, AttributeKey<T> key, @Nullable T value) {
        if (value != null) {
            span.setAttribute(key, value);
        }
    }
}
