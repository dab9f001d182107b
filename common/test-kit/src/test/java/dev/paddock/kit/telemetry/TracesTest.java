package dev.paddock.kit.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.OtlpReceiver;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.mock.web.MockHttpServletRequest;

/** Where a trace comes from and goes to, with an endpoint and without. */
class TracesTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String CALLER = "00-" + TRACE + "-b7ad6b7169203331-01";

    @Test
    void withoutAnEndpointNoSpanIsMadeAndTheCallersContextGoesOn() {
        OpenTelemetry off = new TelemetryConfiguration().openTelemetry(new MockEnvironment());
        assertThat(off).isNotInstanceOf(OpenTelemetrySdk.class);
        assertThat(told(off, CALLER)).containsEntry("traceparent", CALLER);
        assertThat(told(off, "poison")).isEmpty();
    }

    @Test
    void withAnEndpointASpanOfTheCallersTraceArrives() throws Exception {
        OtlpReceiver receiver = new OtlpReceiver();
        MockEnvironment environment = new MockEnvironment()
                .withProperty("paddock.service", "sample")
                .withProperty("otel.exporter.otlp.endpoint", receiver.url());
        Map<String, String> headers;
        try (OpenTelemetrySdk on = (OpenTelemetrySdk) new TelemetryConfiguration().openTelemetry(environment)) {
            headers = told(on, CALLER);
        }
        OtlpReceiver.ReceivedSpan span = receiver.await(sent -> sent.traceId().equals(TRACE));
        assertThat(span.name()).isEqualTo("work");
        assertThat(span.parentId()).isEqualTo("b7ad6b7169203331");
        assertThat(headers).containsEntry("traceparent", "00-" + TRACE + "-" + span.id() + "-01");
    }

    @Test
    void aCallerWhoseTraceIsNotRecordedIsLeftAlone() throws Exception {
        OtlpReceiver receiver = new OtlpReceiver();
        MockEnvironment environment =
                new MockEnvironment().withProperty("otel.exporter.otlp.traces.endpoint", receiver.url() + "/v1/traces");
        try (OpenTelemetrySdk on = (OpenTelemetrySdk) new TelemetryConfiguration().openTelemetry(environment)) {
            assertThat(told(on, CALLER.replaceAll("01$", "00")).get("traceparent"))
                    .endsWith("-00");
            told(on, "");
        }
        OtlpReceiver.ReceivedSpan own = receiver.await(sent -> true);
        assertThat(own.traceId()).isNotEqualTo(TRACE);
        assertThat(own.parentId()).isEmpty();
    }

    /** What another part is told within a span of a request's trace. */
    @SuppressWarnings("try")
    private static Map<String, String> told(OpenTelemetry telemetry, String traceparent) {
        Traces traces = new Traces(telemetry);
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.addHeader("traceparent", traceparent);
        Span span = traces.tracer()
                .spanBuilder("work")
                .setParent(traces.of(request))
                .startSpan();
        Map<String, String> headers = new TreeMap<>();
        try (Scope scope = span.makeCurrent()) {
            traces.tell(headers, (map, name, value) -> {
                if (map != null) {
                    map.put(name, value);
                }
            });
        } finally {
            span.end();
        }
        return headers;
    }
}
