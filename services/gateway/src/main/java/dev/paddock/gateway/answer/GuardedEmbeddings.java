package dev.paddock.gateway.answer;

import dev.paddock.contracts.inference.EmbeddingResponse;
import dev.paddock.gateway.error.OpenAiException;
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

    GuardedEmbeddings(QuestionJudge judge, Worker worker, AnswerRecords records) {
        this.judge = judge;
        this.worker = worker;
        this.records = records;
    }

    /** What is known of the answer, and the vectors. */
    public record Embeddings(AnswerHead head, EmbeddingResponse response) {}

    /**
     * Vectors of a question's texts.
     *
     * @throws OpenAiException with code {@code content_filter} where a text breaks the policy: none gets a vector
     */
    public Embeddings answer(Asker asker, Question question) {
        JudgedQuestion judged = judge.judge(asker, question);
        AnswerTranscript transcript = new AnswerTranscript(judged);
        String reason = judged.safe() ? "stop" : AnswerChoice.CONTENT_FILTER;
        for (int i = 0; i < question.choices(); i++) {
            transcript.finish(i, reason);
        }
        if (!judged.safe()) {
            records.store(asker, judged, transcript);
            throw OpenAiException.invalid("content_filter", "input", Refusals.input(judged.verdict()));
        }
        EmbeddingResponse response =
                worker.embed(asker.tenant(), question, judged.head().model());
        records.store(asker, judged, transcript);
        return new Embeddings(judged.head(), response);
    }
}
