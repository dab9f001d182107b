package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.telemetry.GenAi;
import dev.paddock.kit.telemetry.SamplingAttributes;
import dev.paddock.kit.telemetry.Traces;
import dev.paddock.worker.metrics.ModelMeters;
import dev.paddock.worker.metrics.Operation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Makes every request that is answered a span of its caller's trace; models are digests in 12 digits. */
@Component
class RequestSpans {
    private final Traces traces;

    RequestSpans(Traces traces) {
        this.traces = traces;
    }

    RequestSpan begin(HttpServletRequest http, Operation operation, CompletionRequest request) {
        String base = ModelMeters.shown(request.model().base());
        Span span = traces.tracer()
                .spanBuilder(operation.id() + " " + base)
                .setParent(traces.of(http))
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(GenAi.OPERATION_NAME, operation.id())
                .setAttribute(GenAi.PROVIDER_NAME, GenAi.PROVIDER)
                .setAttribute(GenAi.REQUEST_MODEL, base)
                .setAttribute(GenAi.TENANT, Caller.current().tenant())
                .startSpan();
        String adapter = request.model().adapter();
        if (adapter != null) {
            span.setAttribute(GenAi.ADAPTER, ModelMeters.shown(adapter));
        }
        SamplingAttributes.set(span, request.sampling());
        return new RequestSpan(span);
    }
}
