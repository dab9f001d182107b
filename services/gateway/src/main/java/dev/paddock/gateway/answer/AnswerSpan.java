package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.kit.connection.CallerGoneException;
import dev.paddock.kit.telemetry.GenAi;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import java.util.List;
import java.util.Objects;

/** What is told of one answer while it is made: names and numbers, no text. */
final class AnswerSpan {
    private static final String CANCELLED = "cancelled";

    private final Span span;
    private final TokenMeters tokens;
    private final Asker asker;
    private final Question question;

    AnswerSpan(Span span, TokenMeters tokens, Asker asker, Question question) {
        this.span = span;
        this.tokens = tokens;
        this.asker = asker;
        this.question = question;
    }

    /** The answer has its id, model and policy. */
    void judged(JudgedQuestion judged) {
        AnswerHead head = judged.head();
        span.setAttribute(GenAi.RESPONSE_ID, head.id());
        span.setAttribute(GenAi.RESPONSE_MODEL, head.model().versionId().toString());
        span.setAttribute(GenAi.POLICY, head.policy().toString());
    }

    /** The answer has ended, of whatever is deployed under the question's model. */
    void used(TokenUsage usage, List<String> finishReasons) {
        tokens.used(asker.tenant(), question.model(), question.kind().operation(), usage);
        span.setAttribute(GenAi.USAGE_INPUT_TOKENS, usage.promptTokens());
        span.setAttribute(GenAi.USAGE_OUTPUT_TOKENS, usage.completionTokens());
        if (!finishReasons.isEmpty()) {
            span.setAttribute(GenAi.RESPONSE_FINISH_REASONS, finishReasons);
        }
    }

    /** A caller that hung up is no fault. */
    void failed(Exception e) {
        span.setAttribute(GenAi.ERROR_TYPE, type(e));
        if (!(e instanceof CallerGoneException)) {
            span.setStatus(StatusCode.ERROR);
        }
    }

    private static String type(Exception e) {
        if (e instanceof CallerGoneException) {
            return CANCELLED;
        }
        return e instanceof OpenAiException told
                ? Objects.requireNonNullElse(told.error().error().code(), "error")
                : e.getClass().getName();
    }
}
