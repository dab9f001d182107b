package dev.paddock.gateway.answer;

import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.gateway.internal.RefusedException;
import java.util.Locale;

/** A worker's problem document in OpenAI's terms. */
final class WorkerRefusals {
    private static final int MOST_SECONDS = 3600;

    private WorkerRefusals() {}

    static OpenAiException translate(RefusedException e, Question question) {
        if (e.status() == 429) {
            return OpenAiException.busy("The model's queue is full: " + e.detail(), seconds(e));
        }
        if (e.code().equals("context-length-exceeded")) {
            String param = question.kind() == QuestionKind.CHAT ? "messages" : "prompt";
            return OpenAiException.invalid("context_length_exceeded", param, e.detail());
        }
        if (e.status() == 400 || e.status() == 413 || e.status() == 422) {
            return OpenAiException.invalid(code(e), null, e.detail());
        }
        if (e.status() == 404) {
            return OpenAiException.unavailable("model_not_ready", "The worker cannot load the model: " + e.detail());
        }
        return OpenAiException.unavailable("worker_" + code(e), "The model's worker refused the request; try again.");
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
