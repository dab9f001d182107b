package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.ActingAdapter;
import dev.paddock.contracts.inference.CompletionChunk;
import dev.paddock.contracts.inference.TokenUsage;
import dev.paddock.gateway.answer.AnswerHead;
import dev.paddock.gateway.answer.AnswerListener;
import dev.paddock.gateway.answer.Question;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.kit.connection.CallerGoneException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A streamed answer as server-sent events up to {@code [DONE]}; a fault after the first byte is an event with an error. */
final class EventStreamListener implements AnswerListener {
    private final HttpServletResponse response;
    private final AnswerShape shape;
    private final boolean includeUsage;
    private final Map<Integer, Integer> called = new HashMap<>();
    private final Set<Integer> begun = new HashSet<>();
    private @Nullable AnswerHead head;

    EventStreamListener(HttpServletResponse response, Question question) {
        this.response = response;
        this.shape = AnswerShape.of(question);
        this.includeUsage = question.includeUsage();
    }

    @Override
    public void open(AnswerHead answer) {
        head = answer;
        response.setContentType("text/event-stream");
        response.setHeader("X-Accel-Buffering", "no");
        OpenAiResponses.headers(response, answer);
    }

    @Override
    public void piece(int index, CompletionChunk chunk) {
        begin(index);
        int calls = chunk.toolCalls() == null ? 0 : chunk.toolCalls().size();
        if (!chunk.text().isEmpty() || chunk.logprobs() != null || calls > 0) {
            int before = called.merge(index, calls, Integer::sum) - calls;
            send(List.of(shape.piece(index, chunk, before)), null);
        }
    }

    @Override
    public void refusal(int index, String refusal) {
        begin(index);
        send(List.of(shape.refusal(index, refusal)), null);
    }

    @Override
    public void finished(int index, String finishReason, List<ActingAdapter> adapters) {
        begin(index);
        send(List.of(shape.finish(index, finishReason, adapters)), null);
    }

    @Override
    public void done(TokenUsage usage) {
        if (includeUsage) {
            send(List.of(), usage);
        }
        write("[DONE]".getBytes(StandardCharsets.US_ASCII));
    }

    void failed(OpenAiException e) {
        write(OpenAiResponses.json(e.error()));
    }

    private void begin(int index) {
        Object opening = begun.add(index) ? shape.opening(index) : null;
        if (opening != null) {
            send(List.of(opening), null);
        }
    }

    private void send(List<?> choices, @Nullable TokenUsage usage) {
        AnswerHead opened = head;
        if (opened == null) {
            throw new IllegalStateException("a piece before the answer began");
        }
        write(OpenAiResponses.json(shape.envelope(opened, true, choices, usage)));
    }

    private void write(byte[] data) {
        try {
            response.getOutputStream().write("data: ".getBytes(StandardCharsets.US_ASCII));
            response.getOutputStream().write(data);
            response.getOutputStream().write("\n\n".getBytes(StandardCharsets.US_ASCII));
            response.flushBuffer();
        } catch (IOException e) {
            throw new CallerGoneException(e);
        }
    }
}
