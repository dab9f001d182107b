package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.EmbeddingResponse;
import dev.paddock.gateway.error.OpenAiException;
import dev.paddock.kit.connection.CallerConnection;
import org.springframework.stereotype.Service;

/**
 * Vectors of texts: an input verdict before anything is computed, a record before it is told. A vector says nothing that could be
 * judged, so there is no output verdict, and the record keeps how many there were.
 */
@Service
public class GuardedEmbeddings {
    private final QuestionJudge judge;
    private final Worker worker;
    private final AnswerRecords records;
    private final AnswerTelemetry telemetry;

    GuardedEmbeddings(QuestionJudge judge, Worker worker, AnswerRecords records, AnswerTelemetry telemetry) {
        this.judge = judge;
        this.worker = worker;
        this.records = records;
        this.telemetry = telemetry;
    }

    /** What is known of the answer, and the vectors. */
    public record Embeddings(AnswerHead head, EmbeddingResponse response) {}

    /**
     * Vectors of a question's texts.
     *
     * @throws OpenAiException with code {@code content_filter} where a text breaks the policy: none gets a vector
     * @throws dev.paddock.kit.connection.CallerGoneException where the caller does not wait for them, which ends the worker's work
     */
    public Embeddings answer(Asker asker, Question question, CallerConnection caller) {
        return telemetry.within(asker, question, span -> answer(asker, question, caller, span));
    }

    private Embeddings answer(Asker asker, Question question, CallerConnection caller, AnswerSpan span) {
        JudgedQuestion judged = judge.judge(asker, question);
        span.judged(judged);
        AnswerTranscript transcript = new AnswerTranscript(judged);
        String reason = judged.safe() ? "stop" : AnswerChoice.CONTENT_FILTER;
        for (int i = 0; i < question.choices(); i++) {
            transcript.finish(i, reason);
        }
        if (!judged.safe()) {
            records.store(asker, judged, transcript);
            span.used(judged.usage(0), transcript.finishReasons());
            throw OpenAiException.invalid("content_filter", "input", Refusals.input(judged.verdict()));
        }
        EmbeddingResponse response =
                worker.embed(asker.tenant(), question, judged.head().model(), caller);
        records.store(asker, judged, transcript);
        span.used(response.usage(), transcript.finishReasons());
        return new Embeddings(judged.head(), response);
    }
}
