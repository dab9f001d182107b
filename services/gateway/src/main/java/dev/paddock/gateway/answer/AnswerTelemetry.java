package dev.paddock.gateway.answer;

import dev.paddock.kit.telemetry.GenAi;
import dev.paddock.kit.telemetry.SamplingAttributes;
import dev.paddock.kit.telemetry.Traces;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import org.springframework.stereotype.Component;

/** Makes every answer a span of the caller's trace, and counts its tokens. */
@Component
class AnswerTelemetry {
    private final Traces traces;
    private final TokenMeters tokens;

    AnswerTelemetry(Traces traces, TokenMeters tokens) {
        this.traces = traces;
        this.tokens = tokens;
    }

    /** The making of an answer. */
    interface Work<T> {
        T answer(AnswerSpan span);
    }

    /** Does the work within a span; what it throws is the span's error. */
    @SuppressWarnings("try")
    <T> T within(Asker asker, Question question, Work<T> work) {
        Span span = begin(asker, question);
        AnswerSpan told = new AnswerSpan(span, tokens, asker, question);
        try (Scope scope = span.makeCurrent()) {
            return work.answer(told);
        } catch (RuntimeException e) {
            told.failed(e);
            throw e;
        } finally {
            span.end();
        }
    }

    private Span begin(Asker asker, Question question) {
        String operation = question.kind().operation();
        Span span = traces.tracer()
                .spanBuilder(operation + " " + question.model())
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(GenAi.OPERATION_NAME, operation)
                .setAttribute(GenAi.PROVIDER_NAME, GenAi.PROVIDER)
                .setAttribute(GenAi.REQUEST_MODEL, question.model())
                .setAttribute(GenAi.TENANT, asker.tenant())
                .startSpan();
        if (question.kind().generates()) {
            SamplingAttributes.set(span, question.sampling());
            span.setAttribute(GenAi.OUTPUT_TYPE, isJson(question) ? "json" : "text");
        }
        return span;
    }

    private static boolean isJson(Question question) {
        AnswerForm form = question.form();
        return form != null && form.constraint().schema() != null;
    }
}
