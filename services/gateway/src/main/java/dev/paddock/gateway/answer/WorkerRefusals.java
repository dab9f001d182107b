package dev.paddock.gateway.answer;

import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.gateway.internal.RefusedException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A worker's problem document in OpenAI's terms. */
final class WorkerRefusals {
    private static final int MOST_SECONDS = 3600;

    private WorkerRefusals() {}

    static OpenAiException translate(RefusedException e, Question question) {
        if (e.status() == 429) {
            String why = e.code().equals("adapter-memory")
                    ? "The models in use leave the worker no memory for this one."
                    : "The model's queue is full: " + e.detail();
            return OpenAiException.busy(why, seconds(e));
        }
        if (e.code().equals("context-length-exceeded")) {
            return OpenAiException.invalid("context_length_exceeded", WorkerFields.text(question), e.detail());
        }
        if (e.code().equals("not-a-classifier")) {
            return OpenAiException.invalid(
                    code(e),
                    "model",
                    "The model '" + question.model() + "' gives no labels; ask it at /v1/chat/completions, or name a"
                            + " model trained by label-supervised.");
        }
        if (e.code().equals("gives-labels")) {
            return OpenAiException.invalid(
                    code(e),
                    "model",
                    "The model '" + question.model() + "' gives labels and writes no texts; ask it at /v1/classify.");
        }
        if (e.status() == 400 || e.status() == 413 || e.status() == 422) {
            return OpenAiException.invalid(code(e), parameter(e, question), detail(e, question));
        }
        if (e.status() == 404) {
            return OpenAiException.unavailable("model_not_ready", "The worker cannot load the model: " + e.detail());
        }
        return OpenAiException.unavailable("worker_" + code(e), "The model's worker refused the request; try again.");
    }

    /** What the caller calls the field that the worker refused. */
    private static @Nullable String parameter(RefusedException e, Question question) {
        String field = e.field();
        if (field == null) {
            return switch (e.code()) {
                case "unsupported-model", "malformed-artifact" -> "model";
                case "chat-template" -> WorkerFields.text(question);
                default -> null;
            };
        }
        return WorkerFields.parameter(field, question);
    }

    private static String detail(RefusedException e, Question question) {
        String field = e.field();
        return field == null ? e.detail() : WorkerFields.detail(e.detail(), field, question);
    }

    private static String code(RefusedException e) {
        return e.code().replace('-', '_').toLowerCase(Locale.ROOT);
    }

    private static int seconds(RefusedException e) {
        try {
            String given = e.retryAfter();
            return given == null ? 1 : Math.min(Math.max(Integer.parseInt(given.trim()), 1), MOST_SECONDS);
        } catch (NumberFormatException notSeconds) {
            return 1;
        }
    }
}
