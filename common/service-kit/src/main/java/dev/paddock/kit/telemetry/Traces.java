package dev.paddock.kit.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapSetter;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** Where a trace comes from and goes to: W3C trace context in the headers of requests. */
public final class Traces {
    private static final String SCOPE = "dev.paddock";
    private static final TextMapGetter<HttpServletRequest> HEADERS = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(HttpServletRequest request) {
            return Collections.list(request.getHeaderNames());
        }

        @Override
        public @Nullable String get(@Nullable HttpServletRequest request, String name) {
            return request == null ? null : request.getHeader(name);
        }
    };

    private final OpenTelemetry telemetry;
    private final Tracer tracer;

    Traces(OpenTelemetry telemetry) {
        this.telemetry = telemetry;
        this.tracer = telemetry.getTracer(SCOPE);
    }

    /** Makes spans. */
    public Tracer tracer() {
        return tracer;
    }

    /** The trace that a request belongs to; an empty one where it says nothing, or nothing that can be read. */
    public Context of(HttpServletRequest request) {
        return telemetry.getPropagators().getTextMapPropagator().extract(Context.root(), request, HEADERS);
    }

    /** Tells a request to another part which trace it belongs to. */
    public <C> void tell(C request, TextMapSetter<C> headers) {
        telemetry.getPropagators().getTextMapPropagator().inject(Context.current(), request, headers);
    }
}
