package dev.paddock.gateway.openai;

import dev.paddock.gateway.answer.Answer;
import dev.paddock.gateway.answer.Asker;
import dev.paddock.gateway.answer.GuardedAnswers;
import dev.paddock.gateway.answer.Question;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.kit.connection.CallerConnection;
import dev.paddock.kit.connection.CallerGoneException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code /v1/chat/completions} and {@code /v1/completions}; the answer is written by a thread of its own. */
@RestController
class CompletionsController {
    private final GuardedAnswers answers;
    private final Admission admission;

    CompletionsController(GuardedAnswers answers, Admission admission) {
        this.answers = answers;
        this.admission = admission;
    }

    @PostMapping("/v1/chat/completions")
    Callable<@Nullable ResponseEntity<Void>> chat(
            Asker asker, HttpServletRequest request, HttpServletResponse response) {
        return admission.admit(
                asker,
                request,
                body -> answer(asker, ChatRequestReader.read(body), CallerConnection.of(request), response));
    }

    @PostMapping("/v1/completions")
    Callable<@Nullable ResponseEntity<Void>> text(
            Asker asker, HttpServletRequest request, HttpServletResponse response) {
        return admission.admit(
                asker,
                request,
                body -> answer(asker, TextRequestReader.read(body), CallerConnection.of(request), response));
    }

    private void answer(Asker asker, Question question, CallerConnection caller, HttpServletResponse response)
            throws IOException {
        if (question.stream()) {
            stream(asker, question, caller, response);
        } else {
            whole(asker, question, caller, response);
        }
    }

    private void whole(Asker asker, Question question, CallerConnection caller, HttpServletResponse response)
            throws IOException {
        Answer answer = answers.answer(asker, question, caller);
        OpenAiResponses.headers(response, answer.head());
        OpenAiResponses.write(response, AnswerShape.of(question).whole(answer));
    }

    private void stream(Asker asker, Question question, CallerConnection caller, HttpServletResponse response) {
        EventStreamListener listener = new EventStreamListener(response, question);
        try {
            answers.stream(asker, question, caller, listener);
        } catch (RuntimeException e) {
            if (!response.isCommitted()) {
                throw e;
            }
            if (!(e instanceof CallerGoneException)) {
                tell(listener, e);
            }
        }
    }

    private static void tell(EventStreamListener listener, RuntimeException e) {
        OpenAiException told = e instanceof OpenAiException known
                ? known
                : OpenAiException.unavailable("internal_error", "The answer could not be finished; try again.");
        try {
            listener.failed(told);
        } catch (CallerGoneException gone) {
            // nobody is left to tell
        }
    }
}
