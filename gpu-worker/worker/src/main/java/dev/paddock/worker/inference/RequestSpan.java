package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.kit.telemetry.GenAi;
import dev.paddock.llama.inference.schedule.QueueFullException;
import dev.paddock.worker.metrics.AnswerTimes;
import dev.paddock.worker.models.ServingProblem;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;

/** What is told of one request while it is answered: names and numbers, no text. */
final class RequestSpan implements AutoCloseable {
    private static final double NANOS = 1e9;
    private static final String CANCELLED = "cancelled";

    private final Span span;

    RequestSpan(Span span) {
        this.span = span;
    }

    /** The answers have ended. */
    void used(TokenUsage usage, List<String> finishReasons) {
        span.setAttribute(GenAi.USAGE_INPUT_TOKENS, usage.promptTokens());
        span.setAttribute(GenAi.USAGE_OUTPUT_TOKENS, usage.completionTokens());
        if (!finishReasons.isEmpty()) {
            span.setAttribute(GenAi.RESPONSE_FINISH_REASONS, finishReasons);
        }
    }

    /** The times of the first answer. */
    void took(AnswerTimes times) {
        seconds(GenAi.TIME_IN_QUEUE, times.queueNanos());
        seconds(GenAi.TIME_TO_FIRST_TOKEN, times.firstTokenNanos());
    }

    private void seconds(AttributeKey<Double> key, long nanos) {
        if (nanos >= 0) {
            span.setAttribute(key, nanos / NANOS);
        }
    }

    /** The caller has gone, which is no fault. */
    void cancelled() {
        span.setAttribute(GenAi.ERROR_TYPE, CANCELLED);
    }

    void failed(Exception e) {
        span.setAttribute(GenAi.ERROR_TYPE, type(e));
        span.setStatus(StatusCode.ERROR);
    }

    private static String type(Exception e) {
        if (e instanceof QueueFullException) {
            return ServingProblem.QUEUE_FULL.code();
        }
        return e instanceof ProblemException problem
                ? problem.code().code()
                : e.getClass().getName();
    }

    @Override
    public void close() {
        span.end();
    }
}
