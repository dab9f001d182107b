package dev.paddock.kit.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/**
 * Spans leave by OTLP over HTTP where OpenTelemetry's own settings name an endpoint ({@code OTEL_EXPORTER_OTLP_ENDPOINT} or
 * {@code OTEL_EXPORTER_OTLP_TRACES_ENDPOINT}, with headers, sampler and the rest as its SDK reads them); otherwise none is made. A
 * caller's trace context ({@code traceparent}) is passed on either way.
 */
@Configuration(proxyBeanMethods = false)
public class TelemetryConfiguration {
    private static final String PREFIX = "otel";
    private static final String ENDPOINT = PREFIX + ".exporter.otlp.endpoint";
    private static final String TRACES_ENDPOINT = PREFIX + ".exporter.otlp.traces.endpoint";

    @Bean
    @ConditionalOnMissingBean
    OpenTelemetry openTelemetry(Environment environment) {
        Map<String, String> settings = settings(environment);
        if (!settings.containsKey(ENDPOINT) && !settings.containsKey(TRACES_ENDPOINT)) {
            return OpenTelemetry.propagating(ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        }
        return AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesSupplier(() -> defaults(environment))
                .addPropertiesCustomizer(known -> settings)
                .build()
                .getOpenTelemetrySdk();
    }

    @Bean
    Traces traces(OpenTelemetry telemetry) {
        return new Traces(telemetry);
    }

    /** Traces only: what is counted, Prometheus reads. */
    private static Map<String, String> defaults(Environment environment) {
        return Map.of(
                "otel.exporter.otlp.protocol", "http/protobuf",
                "otel.metrics.exporter", "none",
                "otel.logs.exporter", "none",
                "otel.propagators", "tracecontext",
                "otel.service.name", "paddock-" + environment.getProperty("paddock.service", "service"));
    }

    /** OpenTelemetry's settings, from the environment or any other source that Spring reads. */
    private static Map<String, String> settings(Environment environment) {
        Map<String, String> settings = new HashMap<>();
        Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, String.class))
                .orElse(Map.of())
                .forEach((name, value) -> settings.put(PREFIX + "." + name, value));
        return settings;
    }
}
